using System.Globalization;
using Governance.Portal.Features.Schedules;
using Governance.Portal.Scheduling;
using Governance.Portal.Security;
using Governance.Registry.Schedules;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Audits;

/// <summary>What is scheduled on the models that the person sees: what changed, the month, and the list.</summary>
public sealed partial class AuditsPage
{
    private const int MostRuns = 2_000;
    private const int MostTicks = 300;
    private const int MostCompared = 6;
    private const int RunsCompared = 12;

    private readonly Dictionary<ScheduleId, DateTimeOffset> next = [];
    private readonly List<(ScheduleView View, RunChanges Run)> changes = [];
    private IReadOnlyList<ScheduleView> views = [];
    private CalendarMonth? month;
    private DateOnly today;

    /// <summary>The month to show, such as 2027-03; anything else shows this one.</summary>
    [SupplyParameterFromQuery]
    public string? Month { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ScheduleQueries Schedules { get; set; } = default!;

    [Inject]
    private ReadRunDiff Diff { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    private string Title => views.Count(view => view.Last?.State is ScheduleRunState.Missed or ScheduleRunState.Failed) switch
    {
        0 => views.Any(view => view.Last?.IsGoing == true) ? "Audits are running" : "No audit is overdue",
        1 => "One audit is overdue",
        int overdue => $"{overdue} audits are overdue",
    };

    protected override async Task OnInitializedAsync()
    {
        DateTimeOffset now = Time.GetUtcNow();
        today = DateOnly.FromDateTime(now.UtcDateTime);
        DateOnly first = DateOnly.TryParseExact(Month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly asked) && asked.Year is > 1970 and < 9000
            ? asked
            : new DateOnly(today.Year, today.Month, 1);
        views = await Schedules.VisibleToAsync(Http.User.Id(), Http.RequestAborted);
        Dictionary<ScheduleId, ScheduleView> known = views.ToDictionary(view => view.Schedule.Id);
        DateTimeOffset from = CalendarMonth.Start(first);
        DateTimeOffset to = CalendarMonth.Start(first.AddMonths(1));
        IReadOnlyList<ScheduleRunView> runs = await Schedules.RunsAsync(known.Keys, from, to, MostRuns, Http.RequestAborted);
        month = CalendarMonth.Of(first, runs.Select(run => (known[run.Row.Schedule], run)), Ticks(now, from, to));
        foreach (ScheduleView view in views.Where(view => view.Schedule.Work == ScheduleWork.Audit).Take(MostCompared))
        {
            IReadOnlyList<ScheduleRunView> own = await Schedules.RunsAsync([view.Schedule.Id], null, null, RunsCompared, Http.RequestAborted);
            if (await Diff.OfAsync(view.Model, own, Http.User, Http.RequestAborted) is RunChanges changed)
            {
                changes.Add((view, changed));
            }
        }
    }

    private static string AddressOf(DateOnly month) => $"/audits?month={month.ToString("yyyy-MM", CultureInfo.InvariantCulture)}#calendar";

    private List<(ScheduleView View, DateTimeOffset At)> Ticks(DateTimeOffset now, DateTimeOffset from, DateTimeOffset to)
    {
        List<(ScheduleView, DateTimeOffset)> ticks = [];
        foreach (ScheduleView view in views.Where(view => view.Entry.State == ScheduleState.Active && view.Schedule.Trigger == ScheduleTrigger.Clock))
        {
            Cadence cadence = Cadence.Read(view.Schedule.Cron!, view.Schedule.TimeZone!);
            if (cadence.NextAfter(now) is DateTimeOffset at)
            {
                next[view.Schedule.Id] = at;
            }

            DateTimeOffset start = now > from ? now : from.AddTicks(-1);
            ticks.AddRange(cadence.After(start, MostTicks).TakeWhile(tick => tick < to).Select(tick => (view, tick)));
        }

        return ticks;
    }
}
