using System.Globalization;
using Governance.Audit.Findings;
using Governance.Portal.Features.Monitoring;
using Governance.Registry.Alerts;
using Governance.Registry.Policies;

namespace Governance.Portal.Features.Alerts;

/// <summary>Alerts in plain words. Pure.</summary>
internal static class AlertWords
{
    /// <summary>What the list begins with.</summary>
    public static string Title(IReadOnlyList<AlertView> alerts) => alerts.Count(view => view.IsActive) switch
    {
        0 => "No alert waits for anybody",
        1 => "One alert is not settled",
        int count => $"{PlainNumbers.Count(count)} alerts are not settled",
    };

    /// <summary>What it is about, in a few words.</summary>
    public static string Head(AlertView view) => Head(view.Entry.Alert);

    /// <summary>What it is about, in a few words.</summary>
    public static string Head(Alert alert) =>
        $"{Of(alert.Topic)}: {(alert.Column is string column ? MonitoringWords.Column(column) : alert.Monitor)}{(alert.Cohort is null ? "" : $", {alert.Cohort}")}";

    /// <summary>What it is about.</summary>
    public static string Of(AlertTopic topic) => topic switch
    {
        AlertTopic.Drift => "Drift",
        AlertTopic.Quality => "Data quality",
        AlertTopic.Performance => "Performance",
        AlertTopic.Fairness => "Fairness",
        AlertTopic.Attribution => "Attribution drift",
        AlertTopic.Volume => "Volume",
        AlertTopic.Latency => "Latency",
        AlertTopic.Run => "Scheduled run",
        _ => throw new ArgumentOutOfRangeException(nameof(topic), topic, null),
    };

    /// <summary>How much it weighs, in lower case.</summary>
    public static string Of(AlertSeverity severity) => severity.ToString().ToLowerInvariant();

    /// <summary>Where it stands, in a few words.</summary>
    public static string StateOf(AlertView view) => view.State switch
    {
        AlertState.Accepted => $"accepted until {Day(view.Entry.Decision?.Until)}",
        AlertState.Open when view.Entry.Decision?.Kind == AlertStepKind.Accept => $"open again since {Day(view.Entry.Decision.Until)}",
        AlertState.Open or AlertState.Acknowledged when view.Entry.IsOverdueAt(view.Now) => $"{Of(view.State)}, overdue",
        _ => Of(view.State),
    };

    /// <summary>A state, in lower case.</summary>
    public static string Of(AlertState state) => state.ToString().ToLowerInvariant();

    /// <summary>The mark of where it stands: a critical one that waits stands out.</summary>
    public static GateVerdict? MarkOf(AlertView view) => view.State switch
    {
        AlertState.Open or AlertState.Acknowledged => MarkOf(view.Entry.Severity),
        AlertState.Accepted => GateVerdict.Inconclusive,
        _ => GateVerdict.Meets,
    };

    /// <summary>The mark of a severity.</summary>
    public static GateVerdict? MarkOf(AlertSeverity severity) => severity switch
    {
        AlertSeverity.Critical => GateVerdict.Breaches,
        AlertSeverity.Warning => GateVerdict.Inconclusive,
        _ => null,
    };

    /// <summary>What a step did, after the name of whoever did it.</summary>
    public static string Of(AlertStep step) => step.Kind switch
    {
        AlertStepKind.Escalated => $"found it {Of(step.Severity ?? AlertSeverity.Critical)}",
        AlertStepKind.Recovered => "found it within its limit again",
        AlertStepKind.Reopened => "opened it again",
        AlertStepKind.MuteEnded => "ended the mute",
        AlertStepKind.Moved => "moved the version",
        AlertStepKind.Comment => "commented",
        AlertStepKind.Acknowledge => "took it up",
        AlertStepKind.Explain => "explained it",
        AlertStepKind.Fix => "reported it fixed",
        AlertStepKind.Accept => $"accepted it until {Day(step.Until)}",
        AlertStepKind.Plan => "changed its owner or due date",
        AlertStepKind.Mute => $"muted it until {Day(step.Until)}",
        AlertStepKind.Unmute => "ended the mute",
        _ => throw new ArgumentOutOfRangeException(nameof(step), step.Kind, null),
    };

    /// <summary>The choice of a step.</summary>
    public static string ActionOf(AlertStepKind kind) => kind switch
    {
        AlertStepKind.Acknowledge => "Take it up: it is yours from now on",
        AlertStepKind.Explain => "Explained: its cause is known and no fault of the model",
        AlertStepKind.Fix => "Fixed: what caused it was changed",
        AlertStepKind.Accept => "Accept it until a day",
        AlertStepKind.Plan => "Another owner or due date",
        AlertStepKind.Mute => "Mute it until a day",
        AlertStepKind.Unmute => "End the mute",
        AlertStepKind.Comment => "Comment",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>What a delivery was about.</summary>
    public static string Of(AlertEvent happened) => happened switch
    {
        AlertEvent.Raised => "raised",
        AlertEvent.Escalated => "became critical",
        AlertEvent.Reopened => "opened again",
        AlertEvent.Recovered => "recovered",
        AlertEvent.Sounding => "still past its limit after its mute",
        AlertEvent.Resolved => "settled",
        AlertEvent.Test => "trial",
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, null),
    };

    /// <summary>A window, as short as it can be said: one day, or from and to.</summary>
    public static string Window(DateTimeOffset from, DateTimeOffset to) =>
        to - from == TimeSpan.FromDays(1) && from.UtcDateTime.TimeOfDay == TimeSpan.Zero ? Day(from)
        : from.UtcDateTime.TimeOfDay == TimeSpan.Zero && to.UtcDateTime.TimeOfDay == TimeSpan.Zero && to > from ? $"{Day(from)} to {Day(to.AddDays(-1))}"
        : from == to ? Moment(from)
        : $"{Moment(from)} to {Moment(to)}";

    /// <summary>A day; "no date" for null.</summary>
    public static string Day(DateTimeOffset? at) => at?.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture) ?? "no date";

    /// <summary>A moment.</summary>
    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture) + " UTC";

    /// <summary>The page of an alert.</summary>
    public static string AddressOf(Alert alert) => $"/alerts/{alert.Id}";
}
