using System.CommandLine;
using System.Diagnostics;
using Governance.Audit.Data;
using Governance.Portal.CommandLine;
using Governance.Registry.Alarms;

namespace Governance.Portal.Features.Alarms;

/// <summary><c>governance alarm list|release</c>: alarms as on the Alarms page. Confirming needs the person's own session.</summary>
internal static class AlarmCommand
{
    private static readonly Argument<string> Id = new("alarm") { Description = "The alarm's id, as 'alarm list' names it." };

    private static readonly Option<string> Reason = new("--reason") { Description = "What was found; kept with the release.", HelpName = "TEXT", Required = true };

    /// <summary>Makes the command with its parts.</summary>
    public static Command Create()
    {
        Command alarm = new("alarm", "Alarms on queries that looked like theft of a model.");
        alarm.Subcommands.Add(GovernanceCommand.Create(
            "list", "Name the alarms that concern a person, those that hold first.", ListAsync, RegistryRun.As, DataOptions.Data, DataOptions.Connection));
        alarm.Subcommands.Add(GovernanceCommand.Create(
            "release", "Let a stream of queries go on after its alarm.", ReleaseAsync, Id, Reason, RegistryRun.As, DataOptions.Data, DataOptions.Connection));
        return alarm;
    }

    private static async Task<int> ListAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        IReadOnlyList<AlarmView> alarms = await registry.Get<AlarmQueries>().VisibleToAsync(registry.Actor.User!.Value, cancellationToken);
        TextTable.Write(context.People,
        [
            ["alarm", "raised", "whose", "detector", "state"],
            .. alarms.Select(view => (IReadOnlyList<string>)
                [view.Alarm.Id.ToString(), AlarmWords.At(view.Alarm.RaisedAt), AlarmWords.Head(view), view.Alarm.Detector, AlarmWords.State(view)]),
        ]);
        await context.WriteJsonAsync(
            new
            {
                alarms = alarms.Select(view => new
                {
                    id = view.Alarm.Id.Value, model = view.ModelName, version = view.VersionNumber, stream = view.Alarm.Stream, holder = view.Alarm.Holder,
                    name = view.Party.Name, detector = view.Alarm.Detector, level = view.Alarm.Level, observed = view.Alarm.Observed, raisedAt = view.Alarm.RaisedAt,
                    needsConfirmation = view.NeedsConfirmation, needsRelease = view.NeedsRelease, open = view.IsOpen,
                    steps = view.Steps.Select(step => new { kind = step.Step.Kind, by = step.By, at = step.Step.At, reason = step.Reason }),
                }),
            },
            cancellationToken);
        return 0;
    }

    private static async Task<int> ReleaseAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(context.Arguments.GetValue(Id), out Guid id))
        {
            throw new InputException("An alarm is named by its id; 'governance alarm list' shows them.");
        }

        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        switch (await RegistryRun.GuardAsync(() => registry.Get<AnswerAlarm>().ReleaseAsync(
            registry.Actor, new TheftAlarmId(id), context.Arguments.GetValue(Reason), cancellationToken)))
        {
            case AlarmOutcome.Done:
                await context.People.WriteLineAsync("Released.");
                await context.WriteJsonAsync(new { id, released = true }, cancellationToken);
                return 0;
            case AlarmOutcome.Refused { Reason.Sentence: var sentence }:
                throw new InputException(sentence);
            case AlarmOutcome.NoSuchAlarm:
                throw new InputException("There is no such alarm, or not for this person.");
            default:
                throw new UnreachableException();
        }
    }
}
