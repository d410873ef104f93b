using Governance.Portal.Features.Home;
using Governance.Registry.Access;
using Governance.Registry.Alarms;

namespace Governance.Portal.Features.Alarms;

/// <summary>What of alarms and of the extraction gauge waits for a person.</summary>
internal sealed class AlarmNotices(AlarmQueries alarms, GaugeQueries gauge)
{
    /// <summary>The items: alarms to confirm or release, and answers to approve.</summary>
    public async Task<IReadOnlyList<WorkItem>> OfAsync(UserId viewer, CancellationToken cancellationToken) =>
    [
        .. (await alarms.VisibleToAsync(viewer, cancellationToken)).Where(view => view.MayConfirm || view.MayRelease).Select(view => new WorkItem(
            WorkKind.Alarm, $"Alarm: {AlarmWords.Head(view)}", $"{AlarmWords.Seen(view)} Now {AlarmWords.State(view)}.", AlarmsPage.Address,
            view.MayConfirm ? "Confirm" : "Look into it", view.Alarm.RaisedAt)),
        .. (await gauge.WaitingForAsync(viewer, cancellationToken)).Select(row => new WorkItem(
            WorkKind.Alarm, $"{row.Principal} asks for more answers of {row.Model}",
            "What they were answered nearly rebuilds the model: nothing more is answered until you approve or refuse it.",
            $"/models/{row.Model}/versions/{row.Number}/protection#gauge", "Decide", row.Mark.MarkedAt)),
    ];
}
