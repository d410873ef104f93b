using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Monitoring;
using Governance.Portal.CommandLine;
using Governance.Registry.Deployments;
using Governance.Registry.Monitors;

namespace Governance.Portal.Features.MonitorPlans;

/// <summary><c>governance monitors assign|run|show</c>: the monitors of a deployment.</summary>
internal static class AssignCommand
{
    private static readonly Argument<string> Deployment = new("deployment") { Description = "The deployment's id, as 'deployment list' names it." };
    private static readonly Option<string?> UpTo = new("--up-to") { Description = "What happened after this moment is not looked at; now by default.", HelpName = "TIME" };

    /// <summary>Makes the commands.</summary>
    public static IEnumerable<Command> All() =>
    [
        GovernanceCommand.Create(
            "assign", "Give a deployment a plan of monitors.", AssignAsync, Deployment, MonitorsCommand.Plan, RegistryRun.As, DataOptions.Data, DataOptions.Connection),
        GovernanceCommand.Create(
            "run", "Read the windows of a deployment that have closed, and raise alerts.", RunAsync, Deployment, UpTo, RegistryRun.As, DataOptions.Data, DataOptions.Connection),
        GovernanceCommand.Create(
            "show", "Show a deployment's plan, its false-alarm budget and what its estimates were worth.", ShowAsync, Deployment, RegistryRun.As, DataOptions.Data, DataOptions.Connection),
    ];

    private static async Task<int> AssignAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string text = System.Text.Encoding.UTF8.GetString(await UserFiles.ReadAsync(context.Arguments.GetValue(MonitorsCommand.Plan)!, cancellationToken));
        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        switch (await RegistryRun.GuardAsync(() => registry.Get<AssignMonitors>().RunAsync(registry.Actor, Id(context), text, cancellationToken)))
        {
            case MonitorPlanOutcome.Assigned { Plan: var plan }:
                await context.People.WriteLineAsync($"{plan.Name} watches the deployment.");
                await context.WriteJsonAsync(new { plan = plan.Id.Value, plan.Name, digest = plan.Digest.Hex }, cancellationToken);
                return 0;
            case MonitorPlanOutcome.Refused { Reason.Sentence: var sentence }:
                throw new InputException(sentence);
            case MonitorPlanOutcome.NotFound:
                throw new InputException("There is no such deployment, or not for this person.");
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        DateTimeOffset upTo = context.Arguments.GetValue(UpTo) is not string text ? TimeProvider.System.GetUtcNow()
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset at) ? at
            : throw new InputException("--up-to takes a time such as 2026-03-31T00:00:00Z.");
        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        DeploymentView view = await FindAsync(registry, context, cancellationToken);
        MonitorRun run = await RegistryRun.GuardAsync(() => registry.Get<RunMonitors>().RunAsync(view.Deployment.Id, upTo, cancellationToken));
        if (run.Refused is string sentence)
        {
            throw new InputException(sentence);
        }

        await context.People.WriteLineAsync($"{run.Readings:N0} readings, {run.Alerts:N0} loud windows.");
        await context.WriteJsonAsync(run, cancellationToken);
        return 0;
    }

    private static async Task<int> ShowAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        DeploymentView view = await FindAsync(registry, context, cancellationToken);
        MonitorPlan plan = await registry.Get<MonitorPlanQueries>().InForceAsync(view.Deployment.Id, cancellationToken)
            ?? throw new InputException("The deployment has no plan of monitors.");
        MonitorSpec spec = ReadMonitorSpec.Run(plan.Text);
        IReadOnlyList<TrackRecord> records = KeptReadings.TrackRecords(await registry.Get<MonitorReadingQueries>().OfPlanAsync(plan.Id, cancellationToken));
        await context.People.WriteLineAsync($"{plan.Name} watches {view.Label} in {view.Deployment.Environment}: {spec.Budget.Sentence}.");
        TextTable.Write(context.People, ReplayWords.Budget(spec));
        foreach (TrackRecord record in records)
        {
            await context.People.WriteLineAsync($"{record.Monitor}: {record.Sentence}");
        }

        await context.WriteJsonAsync(new { plan = ReplayWords.BudgetJson(spec), trackRecord = records }, cancellationToken);
        return 0;
    }

    private static async Task<DeploymentView> FindAsync(RegistryRun registry, CommandContext context, CancellationToken cancellationToken) =>
        await registry.Get<DeploymentQueries>().FindAsync(registry.Actor.User!.Value, Id(context), cancellationToken) is (DeploymentView view, _)
            ? view
            : throw new InputException("There is no such deployment, or not for this person.");

    private static DeploymentId Id(CommandContext context) => Guid.TryParse(context.Arguments.GetValue(Deployment), out Guid id)
        ? new DeploymentId(id)
        : throw new InputException("A deployment is named by its id; 'governance deployment list' shows them.");
}
