using System.CommandLine;
using System.Diagnostics;
using Governance.Audit.Data;
using Governance.Audit.Runs;
using Governance.Audit.Traffic;
using Governance.Portal.CommandLine;
using Governance.Registry.Datasets;
using Governance.Registry.Deployments;

namespace Governance.Portal.Features.Traffic;

/// <summary><c>governance traffic keep</c>: the last days of a deployment's traffic as a registered data set.</summary>
internal static class KeepTrafficCommand
{
    private static readonly Option<int> Days = new("--days") { Description = "How many whole UTC days before today.", HelpName = "N", DefaultValueFactory = _ => 30 };

    private static readonly Option<bool> All = new("--all") { Description = "Rows without a label too." };

    private static readonly Argument<Guid> Deployment = new("deployment") { Description = "The deployment's id: see 'governance deployment list'." };

    /// <summary>Makes the command.</summary>
    public static Command Create() => GovernanceCommand.Create(
        "keep", "Keep the labelled rows of the last days as a data set; the same rows twice are kept once.", RunAsync,
        Deployment, Days, All, RegistryRun.As, DataOptions.Data, DataOptions.Connection);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        int days = context.Arguments.GetValue(Days);
        if (days is < 1 or > TrafficDays.Most)
        {
            throw new InputException($"--days takes 1 to {TrafficDays.Most}.");
        }

        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        DeploymentId id = new(context.Arguments.GetValue(Deployment));
        if (await registry.Get<DeploymentQueries>().FindAsync(registry.Actor.User!.Value, id, cancellationToken) is null)
        {
            throw new InputException("There is no such deployment.");
        }

        KeptTraffic wish = KeptTraffic.LastDays(id, days, registry.Get<TimeProvider>().GetUtcNow(), !context.Arguments.GetValue(All));
        RegisterDatasetOutcome outcome = await RegistryRun.GuardAsync(() => registry.Get<KeepTraffic>().RunAsync(registry.Actor, wish, cancellationToken));
        switch (outcome)
        {
            case RegisterDatasetOutcome.Registered { Dataset: var kept }:
                await context.People.WriteLineAsync($"{kept.Name}: {kept.Title}.");
                await context.WriteJsonAsync(new { dataset = kept.Name, kept.Title, kept.Rows, digest = kept.Digest.Hex }, cancellationToken);
                return 0;
            case RegisterDatasetOutcome.Refused { Reason: var reason }:
                throw new InputException(reason.Sentence);
            default:
                throw new UnreachableException();
        }
    }
}
