using System.CommandLine;
using Governance.Audit.Findings;
using Governance.Audit.Policies;
using Governance.Portal.CommandLine;
using Governance.Registry.Policies;

namespace Governance.Portal.Features.Policies;

/// <summary><c>governance policy what-if</c>: what a pack would say of all live versions, from sealed findings alone.</summary>
internal static class WhatIfCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="name">Which pack.</param>
    public static Command Create(Argument<string> name) => GovernanceCommand.Create(
        "what-if", "Judge the sealed findings of all live versions by another pack; nothing is measured and nothing changes.",
        (context, cancellationToken) => RunAsync(context, name, cancellationToken), name, RegistryRun.As, DataOptions.Data, DataOptions.Connection);

    private static async Task<int> RunAsync(CommandContext context, Argument<string> name, CancellationToken cancellationToken)
    {
        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        PolicyPack pack = (await PolicyCommand.PackAsync(context, registry, name, cancellationToken)).Pack;
        VersionReaders readers = new(registry);
        ReadPolicyWhatIf whatIf = new(
            readers.Versions, readers.Findings, readers.Masked, registry.Get<PolicyQueries>(), readers.Databases, registry.Get<TimeProvider>());
        IReadOnlyList<VersionWhatIf> rows = await whatIf.RunAsync(pack, registry.Actor.User!.Value, cancellationToken);
        TextTable.Write(context.People,
        [
            ["version", "metric", "of", "measured", "now", $"by {pack.Label}"],
            .. rows.SelectMany(row => row.Gates.Select(gate => (string[])
            [
                row.View.Name, gate.Metric, gate.Slice ?? "all rows", gate.Finding is null ? "" : PlainNumbers.WithInterval(gate.Finding.Value, gate.Finding.Interval),
                PolicyWords.Standing(gate.Now), PolicyWords.Standing(gate.Then),
            ])),
            .. rows.SelectMany(row => row.Reports.Select(report => (string[])
            [
                row.View.Name, report.Duty.Metric, report.Duty.Of, "", "", report.Evidence is Guid id ? $"reported in evidence {id}" : "lacks: no sealed evidence holds it",
            ])),
        ]);
        await context.WriteJsonAsync(new { pack = pack.Label, digest = pack.Digest.Hex, versions = rows.Select(Body) }, cancellationToken);
        return 0;
    }

    private static object Body(VersionWhatIf row) => new
    {
        version = $"{row.View.Model.Name}/{row.View.Version.Number}",
        stage = row.View.Version.Stage,
        tier = row.View.Model.Tier,
        now = row.Now.Label,
        newBreaches = row.NewBreaches,
        lacking = row.Lacking,
        reviewers = new { now = row.TierNow?.Reviewers, then = row.TierThen?.Reviewers },
        approvers = new { now = row.TierNow?.Approvers, then = row.TierThen?.Approvers },
        gates = row.Gates.Select(gate => new
        {
            metric = gate.Metric,
            slice = gate.Slice,
            value = gate.Finding?.Value,
            interval = gate.Finding?.Interval,
            n = gate.Finding?.N,
            now = Standing(gate.Now),
            then = Standing(gate.Then),
        }),
        reports = row.Reports.Select(report => new { id = report.Duty.Id, metric = report.Duty.Metric, of = report.Duty.Of, evidence = report.Evidence }),
    };

    private static object? Standing(GateStanding? standing) => standing is null ? null : new
    {
        gate = standing.Gate.Id, atLeast = standing.Gate.AtLeast, atMost = standing.Gate.AtMost, verdict = standing.Verdict, evidence = standing.Evidence, lacks = standing.Lacks,
    };
}
