using Governance.Portal.Features.Alerts;
using Governance.Registry.Alerts;

namespace Governance.Portal.Features.MonitorPlans;

/// <summary>An alert of a deployment, for programs.</summary>
/// <param name="Id">Its id; <c>/alerts/{id}</c> is its page.</param>
/// <param name="Monitor">The monitor's id in its plan.</param>
/// <param name="Topic">What it is about, such as drift.</param>
/// <param name="Column">Of which column; null for none.</param>
/// <param name="Cohort">Of which cohort; null for all rows.</param>
/// <param name="Severity">info, warning or critical.</param>
/// <param name="State">open, acknowledged, explained, fixed, accepted or recovered.</param>
/// <param name="WindowFrom">The start of the window that it began with, inclusive.</param>
/// <param name="WindowTo">Its end, exclusive.</param>
/// <param name="LastTo">The end of the last window that was read of it.</param>
/// <param name="RaisedAt">When it was raised.</param>
/// <param name="DueAt">Until when somebody has to answer; null where no date is set.</param>
/// <param name="Sentence">What the last window said.</param>
internal sealed record AlertAnswer(
    Guid Id, string Monitor, string Topic, string? Column, string? Cohort, string Severity, string State, DateTimeOffset WindowFrom,
    DateTimeOffset WindowTo, DateTimeOffset LastTo, DateTimeOffset RaisedAt, DateTimeOffset? DueAt, string Sentence)
{
    /// <summary>Makes it.</summary>
    public static AlertAnswer Of(AlertView view) => new(
        view.Entry.Alert.Id.Value, view.Entry.Alert.Monitor, view.Entry.Alert.Topic.ToString().ToLowerInvariant(), view.Entry.Alert.Column, view.Entry.Alert.Cohort,
        AlertWords.Of(view.Entry.Severity), AlertWords.Of(view.State), view.Entry.Alert.WindowFrom, view.Entry.Alert.WindowTo, view.Entry.LastTo,
        view.Entry.Alert.RaisedAt, view.Entry.DueAt, view.Entry.Sentence);
}

/// <summary>The alerts of a deployment: unsettled ones first.</summary>
/// <param name="Alerts">As far as the asker sees the version.</param>
internal sealed record AlertsAnswer(IReadOnlyList<AlertAnswer> Alerts);
