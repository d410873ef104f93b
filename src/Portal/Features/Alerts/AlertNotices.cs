using Governance.Portal.Features.Home;
using Governance.Registry.Access;
using Governance.Registry.Alerts;

namespace Governance.Portal.Features.Alerts;

/// <summary>What of alerts waits for a person: those that nobody settled and that they may deal with.</summary>
internal sealed class AlertNotices(AlertQueries alerts)
{
    private const int Most = 6;

    /// <summary>The items, the most urgent first; what is beyond the first few is one item.</summary>
    public async Task<IReadOnlyList<WorkItem>> OfAsync(UserId viewer, CancellationToken cancellationToken)
    {
        AlertView[] mine =
        [
            .. (await alerts.VisibleToAsync(viewer, cancellationToken)).Where(view => view.IsActive && view.Entry.MutedUntil(view.Now) is null
                && (view.Entry.Owner == viewer || view.RefusalFor(AlertStepKind.Fix) is null)),
        ];
        return
        [
            .. mine.Take(Most).Select(Item),
            .. mine.Length <= Most ? Array.Empty<WorkItem>() :
            [
                new WorkItem(
                    WorkKind.Alert, $"{mine.Length - Most} more alerts", "Warnings and critical alerts that nobody has settled.", "/alerts?state=unsettled", "Look",
                    mine.Skip(Most).Min(view => view.Entry.Alert.RaisedAt)),
            ],
        ];
    }

    private static WorkItem Item(AlertView view) => new(
        WorkKind.Alert, $"{view.Label}: {AlertWords.Head(view)}, {AlertWords.Of(view.Entry.Severity)}",
        $"{view.Entry.Sentence} Now {AlertWords.StateOf(view)}; due {AlertWords.Day(view.Entry.DueAt)}.", AlertWords.AddressOf(view.Entry.Alert),
        view.State == AlertState.Open ? "Take it up" : "Settle it", view.Entry.Alert.RaisedAt);
}
