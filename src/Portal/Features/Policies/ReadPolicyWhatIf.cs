using Governance.Audit.Findings;
using Governance.Audit.Policies;
using Governance.Audit.Runs;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Privacy;
using Governance.Portal.Features.Versions;
using Governance.Registry.Access;
using Governance.Registry.Evidence;
using Governance.Registry.Policies;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Policies;

/// <summary>What another policy pack would say of the live versions that a person may see, from sealed findings alone.</summary>
internal sealed class ReadPolicyWhatIf(
    ReadVersion versions, ReadFindings findings, MaskedFindings masked, PolicyQueries policies, IDbContextFactory<GovernanceDb> databases, TimeProvider clock)
{
    // What is closed for good needs no judgement by a pack of today.
    private static readonly Stage[] Closed = [Stage.Rejected, Stage.Retired];

    /// <summary>Judges them.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="viewer">For whom.</param>
    /// <param name="cancellationToken">The request's.</param>
    public async Task<IReadOnlyList<VersionWhatIf>> RunAsync(PolicyPack pack, UserId viewer, CancellationToken cancellationToken)
    {
        DateOnly today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        List<VersionWhatIf> rows = [];
        foreach ((string model, int number) in await LiveAsync(cancellationToken))
        {
            if (await versions.FindAsync(model, number, viewer, cancellationToken) is VersionView view)
            {
                rows.Add(await JudgeAsync(view, pack, today, cancellationToken));
            }
        }

        return rows;
    }

    private async Task<IReadOnlyList<(string Model, int Number)>> LiveAsync(CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await databases.CreateDbContextAsync(cancellationToken);
        var live = await (
            from version in db.Versions.AsNoTracking()
            join model in db.Models.AsNoTracking() on version.Model equals model.Id
            where !Closed.Contains(version.Stage)
            orderby model.Name, version.Number
            select new { model.Name, version.Number }).ToListAsync(cancellationToken);
        return [.. live.Select(row => (row.Name, row.Number))];
    }

    private async Task<VersionWhatIf> JudgeAsync(VersionView view, PolicyPack pack, DateOnly today, CancellationToken cancellationToken)
    {
        PolicyInForce now = await policies.ForAsync(view.Version.Id, today, cancellationToken);
        List<JudgedEvidence> evidence = [];
        foreach (EvidenceRecord record in view.Evidence)
        {
            FindingsDocument document = await findings.ReadAsync(record, cancellationToken);
            double? level = document.Options.Measures?.Level ?? (await policies.FindAsync(document.Policy.Name, document.Policy.Number, cancellationToken))?.Pack.Level;
            if (level is double known)
            {
                evidence.Add(new JudgedEvidence(record.Id.Value, document, known));
            }
        }


        // A supplement stands beside the base: what the base alone judges stays as it is.
        ComparedGate[] compared = [.. ComparePacks.Of(evidence, now.Base, pack).Where(gate => pack.Kind == PackKind.Base || gate.Then is not null)];
        IReadOnlyList<ComparedGate> gates = await ShownAsync(view, evidence, compared, cancellationToken);
        return new VersionWhatIf(
            view, now.Base, gates,
            [.. pack.Reports.Select(duty => (duty, evidence.Find(one => one.Document.Fairness?.Attributes.Any(attribute => attribute.Impact is not null) == true)?.Id))],
            now.Base.For(view.Model.Tier), pack.For(view.Model.Tier));
    }

    // Verdicts are for everyone who sees the version; a value that tells of a group of few rows is not.
    private async Task<IReadOnlyList<ComparedGate>> ShownAsync(
        VersionView view, List<JudgedEvidence> evidence, IReadOnlyList<ComparedGate> gates, CancellationToken cancellationToken)
    {
        Dictionary<Finding, Finding> shown = new(ReferenceEqualityComparer.Instance);
        foreach (JudgedEvidence one in evidence)
        {
            Finding[] own =
            [
                .. gates.SelectMany(gate => (GateStanding?[])[gate.Now, gate.Then]).Where(standing => standing?.Evidence == one.Id)
                    .Select(standing => standing!.Finding).OfType<Finding>().Distinct(ReferenceEqualityComparer.Instance).Cast<Finding>(),
            ];
            FindingsDocument hidden = await masked.ForAsync(view, one.Document with { Findings = own, Cohorts = null }, cancellationToken);
            for (int i = 0; i < own.Length; i++)
            {
                shown[own[i]] = hidden.Findings[i];
            }
        }

        return [.. gates.Select(gate => gate with { Now = Shown(gate.Now), Then = Shown(gate.Then) })];

        GateStanding? Shown(GateStanding? standing) =>
            standing?.Finding is Finding finding ? standing with { Finding = shown[finding] } : standing;
    }
}

/// <summary>One version by the pack that counts and by another.</summary>
/// <param name="View">The version.</param>
/// <param name="Now">The base pack that counts for its model.</param>
/// <param name="Gates">Gate by gate.</param>
/// <param name="Reports">What the other pack wants reported, with the evidence that holds it; null where none does.</param>
/// <param name="TierNow">Signers and cadence now.</param>
/// <param name="TierThen">Signers and cadence by the other pack; null where it does not say.</param>
internal sealed record VersionWhatIf(
    VersionView View, PolicyPack Now, IReadOnlyList<ComparedGate> Gates, IReadOnlyList<(ReportDuty Duty, Guid? Evidence)> Reports,
    TierRule? TierNow, TierRule? TierThen)
{
    /// <summary>Limits that the other pack would find breached and the present one does not.</summary>
    public int NewBreaches => Gates.Count(gate => gate.Then?.Verdict == GateVerdict.Breaches && gate.Now?.Verdict != GateVerdict.Breaches);

    /// <summary>Limits of the other pack that nothing sealed decides.</summary>
    public int Lacking => Gates.Count(gate => gate.Then is { Lacks: not null }) + Reports.Count(report => report.Evidence is null);
}
