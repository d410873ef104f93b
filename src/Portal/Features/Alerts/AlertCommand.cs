using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Governance.Audit.Data;
using Governance.Portal.CommandLine;
using Governance.Registry.Alerts;

namespace Governance.Portal.Features.Alerts;

/// <summary><c>governance alert list|acknowledge|resolve|mute</c>: alerts as on the Alerts page, in the name of a person.</summary>
internal static class AlertCommand
{
    private const string Unsettled = "unsettled";

    private static readonly Argument<string> Id = new("alert") { Description = "The alert's id, as 'alert list' names it." };

    private static readonly Option<string?> Note = new("--reason") { Description = "What is to be said with it.", HelpName = "TEXT" };

    private static readonly Option<string> Reason = new("--reason") { Description = "Why; kept with the step.", HelpName = "TEXT", Required = true };

    private static readonly Option<string> Outcome = new("--state") { Description = "explained, fixed or accepted.", HelpName = "STATE", Required = true };

    private static readonly Option<string?> Until = new("--until") { Description = "The last day of an acceptance, such as 2027-03-01.", HelpName = "DAY" };

    private static readonly Option<string> MuteUntil = new("--until") { Description = "The day on which people are told again, such as 2027-03-01.", HelpName = "DAY", Required = true };

    private static readonly Option<string?> State = new("--state") { Description = "Only those: open, acknowledged, explained, fixed, accepted, recovered or unsettled.", HelpName = "STATE" };

    private static readonly Option<string?> Model = new("--model") { Description = "Only those of one model.", HelpName = "NAME" };

    /// <summary>Makes the command with its parts.</summary>
    public static Command Create()
    {
        Command alert = new("alert", "Alerts of monitors and schedules.");
        alert.Subcommands.Add(GovernanceCommand.Create(
            "list", "Name the alerts that a person sees, the most urgent first.", ListAsync, State, Model, RegistryRun.As, DataOptions.Data, DataOptions.Connection));
        alert.Subcommands.Add(GovernanceCommand.Create(
            "acknowledge", "Take an alert up.",
            (context, token) => StepAsync(context, AlertStepKind.Acknowledge, context.Arguments.GetValue(Note), null, token),
            Id, Note, RegistryRun.As, DataOptions.Data, DataOptions.Connection));
        alert.Subcommands.Add(GovernanceCommand.Create(
            "resolve", "Settle an alert: explained, fixed, or accepted until a day.", ResolveAsync,
            Id, Outcome, Reason, Until, RegistryRun.As, DataOptions.Data, DataOptions.Connection));
        alert.Subcommands.Add(GovernanceCommand.Create(
            "mute", "Tell nobody of an alert until a day.",
            (context, token) => StepAsync(context, AlertStepKind.Mute, context.Arguments.GetValue(Reason), DayOf(context.Arguments.GetValue(MuteUntil)), token),
            Id, Reason, MuteUntil, RegistryRun.As, DataOptions.Data, DataOptions.Connection));
        return alert;
    }

    private static async Task<int> ListAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string? state = context.Arguments.GetValue(State);
        AlertState wanted = default;
        if (state is not (null or Unsettled) && !(Enum.TryParse(state, ignoreCase: true, out wanted) && Enum.IsDefined(wanted)))
        {
            throw new InputException("--state is open, acknowledged, explained, fixed, accepted, recovered or unsettled.");
        }

        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        string? model = context.Arguments.GetValue(Model);
        AlertView[] alerts =
        [
            .. (await registry.Get<AlertQueries>().VisibleToAsync(registry.Actor.User!.Value, cancellationToken))
                .Where(view => (model is null || view.Model == model) && (state is null || (state == Unsettled ? view.IsActive : view.State == wanted))),
        ];
        TextTable.Write(context.People,
        [
            ["alert", "version", "severity", "state", "last window", "what"],
            .. alerts.Select(view => (IReadOnlyList<string>)
                [view.Entry.Alert.Id.ToString(), view.Label, AlertWords.Of(view.Entry.Severity), AlertWords.StateOf(view), AlertWords.Day(view.Entry.LastTo), view.Entry.Sentence]),
        ]);
        await context.WriteJsonAsync(new { alerts = alerts.Select(Json) }, cancellationToken);
        return 0;
    }

    private static Task<int> ResolveAsync(CommandContext context, CancellationToken cancellationToken)
    {
        AlertStepKind kind = context.Arguments.GetValue(Outcome) switch
        {
            "explained" => AlertStepKind.Explain,
            "fixed" => AlertStepKind.Fix,
            "accepted" => AlertStepKind.Accept,
            _ => throw new InputException("--state is explained, fixed or accepted."),
        };
        string? until = context.Arguments.GetValue(Until);
        return StepAsync(context, kind, context.Arguments.GetValue(Reason), until is null ? null : DayOf(until), cancellationToken);
    }

    private static async Task<int> StepAsync(
        CommandContext context, AlertStepKind kind, string? reason, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(context.Arguments.GetValue(Id), out Guid id))
        {
            throw new InputException("An alert is named by its id; 'governance alert list' shows them.");
        }

        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        switch (await RegistryRun.GuardAsync(() => registry.Get<StepAlert>().RunAsync(
            registry.Actor, new NewAlertStep(new AlertId(id), kind, reason, until), cancellationToken)))
        {
            case AlertOutcome.Recorded { Entry: var entry }:
                AlertView view = (await registry.Get<AlertQueries>().FindAsync(registry.Actor.User!.Value, entry.Alert.Id, cancellationToken))!;
                await context.People.WriteLineAsync($"{AlertWords.Head(view)}: {AlertWords.StateOf(view)}.");
                await context.WriteJsonAsync(new { alert = Json(view) }, cancellationToken);
                return 0;
            case AlertOutcome.Refused { Reason.Sentence: var sentence }:
                throw new InputException(sentence);
            case AlertOutcome.NotFound:
                throw new InputException("There is no such alert, or not for this person.");
            default:
                throw new UnreachableException();
        }
    }

    private static object Json(AlertView view) => new
    {
        id = view.Entry.Alert.Id.Value, model = view.Model, version = view.Number, topic = view.Entry.Alert.Topic, monitor = view.Entry.Alert.Monitor,
        column = view.Entry.Alert.Column, cohort = view.Entry.Alert.Cohort, deployment = view.Entry.Alert.Deployment?.Value, severity = view.Entry.Severity,
        state = view.State, sentence = view.Entry.Sentence, owner = view.NameOf(view.Entry.Owner), dueAt = view.Entry.DueAt, raisedAt = view.Entry.Alert.RaisedAt,
        windowFrom = view.Entry.Alert.WindowFrom, windowTo = view.Entry.Alert.WindowTo, lastWindowTo = view.Entry.LastTo, mutedUntil = view.Entry.MutedUntil(view.Now),
        steps = view.Entry.Steps.Select(step => new { kind = step.Kind, by = step.By is null ? null : view.NameOf(step.By), at = step.At, cause = step.Cause, reason = view.TextOf(step.Text), until = step.Until }),
    };

    // The whole of the day that is named, in UTC.
    private static DateTimeOffset DayOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
            ? new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)
            : throw new InputException("--until is a day such as 2027-03-01.");
}
