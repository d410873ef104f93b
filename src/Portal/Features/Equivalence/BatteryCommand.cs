using System.CommandLine;
using System.Diagnostics;
using Governance.Audit.Data;
using Governance.Audit.Runs;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Audits;
using Governance.Portal.Features.Comparisons;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Policies;
using Governance.Portal.Features.Versions;
using Governance.Registry.Artifacts;
using Governance.Registry.Evidence;
using Governance.Registry.SignOffs;

namespace Governance.Portal.Features.Equivalence;

/// <summary><c>governance battery start|show</c>: the equivalence battery of registered versions, as on the Battery tab.</summary>
internal static class BatteryCommand
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private static readonly Argument<string> Parent = new("parent") { Description = "The version that the variant was made from, such as hmda-mortgage/2." };

    private static readonly Argument<string> Variant = new("variant") { Description = "The variant, such as hmda-mortgage/3." };

    private static readonly Option<string?> On = new("--on") { Description = "The registered data set with labelled rows; one that the parent was audited on by default.", HelpName = "DATASET" };

    private static readonly Option<string?> Background = new("--background") { Description = "The data set whose rows stand for unknown features in explanations; a training set that fits by default.", HelpName = "DATASET" };

    private static readonly Option<bool> Wait = new("--wait") { Description = "Follow the run to its end and tell what came of it; --limit-seconds ends the wait, not the run." };

    private static readonly Option<bool> Strict = new("--strict") { Description = "Exit code 1 also where a limit is inconclusive." };

    private static readonly Option<Guid?> Evidence = new("--evidence") { Description = "A battery by its evidence; the latest by default.", HelpName = "ID" };

    /// <summary>Makes the command with its parts.</summary>
    public static Command Create()
    {
        Command battery = new("battery", "The equivalence battery of registered versions. Of files: 'governance compare A B --battery'.");
        battery.Subcommands.Add(GovernanceCommand.Create(
            "start", "Ask for the battery of a variant; the portal or a worker works through it.", StartAsync,
            Parent, Variant, On, Background, Wait, Strict, RegistryRun.As, DataOptions.Data, DataOptions.Connection));
        battery.Subcommands.Add(GovernanceCommand.Create(
            "show", "Tell what a battery of a variant came to, and whether the sign-off may be inherited.", ShowAsync,
            Variant, Evidence, Strict, RegistryRun.As, DataOptions.Data, DataOptions.Connection));
        return battery;
    }

    private static async Task<int> StartAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        VersionReaders readers = new(registry);
        VersionView view = await readers.FindAsync(context.Arguments.GetValue(Variant)!, cancellationToken);
        RequestBattery request = new(
            readers.Databases, new FittingDatasets(registry.Get<ArtifactStore>()), registry.Get<ReadInheritance>(), readers.Versions, registry.Get<RequestAudit>());
        BatteryWish wish = new(context.Arguments.GetValue(Parent), context.Arguments.GetValue(On), context.Arguments.GetValue(Background));
        AuditRunId run = await RegistryRun.GuardAsync(() => request.RunAsync(registry.Actor, view, wish, cancellationToken)) switch
        {
            StartRunOutcome.Queued { Run.Id: var id } => id,
            StartRunOutcome.Refused { Reason.Sentence: var sentence } => throw new InputException(sentence),
            StartRunOutcome.NoSuchVersion => throw new InputException($"There is no version '{context.Arguments.GetValue(Variant)}', or not for this person."),
            _ => throw new UnreachableException(),
        };
        await context.People.WriteLineAsync($"The battery waits in the queue as run {run}; the portal or a worker works through it.");
        ReadBatteries batteries = Batteries(registry, readers);
        if (!context.Arguments.GetValue(Wait))
        {
            await context.WriteJsonAsync(BatteryRunAnswer.Of(view, await AskedAsync(batteries, view, run, cancellationToken)), cancellationToken);
            return 0;
        }

        ProgressLines progress = new(context.People, "", TimeProvider.System);
        AskedBattery asked;
        while (!(asked = await AskedAsync(batteries, view, run, cancellationToken)).Run.Status.IsOver())
        {
            progress.Report(asked.Run.Message ?? "waiting", asked.Run.Done, asked.Run.Total);
            await Task.Delay(Beat, cancellationToken);
        }

        if (asked.Run.Status != RunStatus.Sealed)
        {
            throw new InputException($"The battery was {asked.Run.Status.ToString().ToLowerInvariant()}{(asked.Run.Message is { Length: > 0 } why ? $": {why}" : ".")}");
        }

        view = await readers.FindAsync(context.Arguments.GetValue(Variant)!, cancellationToken);
        return await TellAsync(context, registry, batteries, view, view.Evidence.First(record => record.Run == run), cancellationToken);
    }

    private static async Task<int> ShowAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        VersionReaders readers = new(registry);
        VersionView view = await readers.FindAsync(context.Arguments.GetValue(Variant)!, cancellationToken);
        IReadOnlyList<EvidenceRecord> sealedOnes = ReadBatteries.Of(view);
        EvidenceRecord? record = context.Arguments.GetValue(Evidence) is Guid id ? sealedOnes.FirstOrDefault(each => each.Id.Value == id) : sealedOnes.Count == 0 ? null : sealedOnes[0];
        return record is not null
            ? await TellAsync(context, registry, Batteries(registry, readers), view, record, cancellationToken)
            : throw new InputException(sealedOnes.Count == 0
                ? "No battery of this version is sealed yet: 'governance battery start' asks for one."
                : "There is no such battery of this version.");
    }

    private static async Task<int> TellAsync(
        CommandContext context, RegistryRun registry, ReadBatteries batteries, VersionView view, EvidenceRecord record, CancellationToken cancellationToken)
    {
        SealedBattery battery = await batteries.OfAsync(view, record, cancellationToken)
            ?? throw new InputException("This evidence holds no battery.");
        BatteryAnswer answer = BatteryRunAnswer.Body(battery);
        InheritAnswer inherits = InheritAnswer.Of(InheritancePolicy.RefusalFor(await registry.Get<ReadInheritance>().OfAsync(view.Version.Id, cancellationToken)));
        BatteryTables.Write(context.People, answer);
        await context.People.WriteLineAsync(BatteryWords.Summary(battery));
        await context.People.WriteLineAsync(inherits.Why ?? "An approver may let this version inherit its parent's sign-off.");
        await context.WriteJsonAsync(
            BatteryRunAnswer.Of(view, await AskedAsync(batteries, view, record.Run, cancellationToken)) with { Result = answer, Inherits = inherits }, cancellationToken);
        return answer.ExitCode(context.Arguments.GetValue(Strict));
    }

    private static ReadBatteries Batteries(RegistryRun registry, VersionReaders readers) =>
        new(readers.Findings, new ReadRunRecords(registry.Get<ArtifactStore>()), readers.Databases);

    private static async Task<AskedBattery> AskedAsync(ReadBatteries batteries, VersionView view, AuditRunId run, CancellationToken cancellationToken) =>
        (await batteries.AskedAsync(view.Version.Id, cancellationToken)).First(asked => asked.Run.Id == run);
}
