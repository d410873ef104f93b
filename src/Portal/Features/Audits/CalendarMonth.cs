using Governance.Registry.Schedules;

namespace Governance.Portal.Features.Audits;

/// <summary>What stands on a day: runs of one schedule in one state, or ticks that are to come.</summary>
/// <param name="View">The schedule.</param>
/// <param name="State">How they stand; null for ticks that are to come.</param>
/// <param name="Count">How many.</param>
/// <param name="At">The moment of the first.</param>
/// <param name="Run">The first of them; null for ticks.</param>
public sealed record CalendarItem(ScheduleView View, ScheduleRunState? State, int Count, DateTimeOffset At, ScheduleRunView? Run);

/// <summary>A day with what stands on it, in order of time.</summary>
public sealed record CalendarDay(DateOnly Date, IReadOnlyList<CalendarItem> Items);

/// <summary>A month of runs and ticks, in UTC, in weeks from Monday on. Pure.</summary>
/// <param name="First">The month's first day.</param>
/// <param name="Weeks">Each of seven days; null for days of other months.</param>
public sealed record CalendarMonth(DateOnly First, IReadOnlyList<IReadOnlyList<CalendarDay?>> Weeks)
{
    /// <summary>The start of the month.</summary>
    public DateTimeOffset From => Start(First);

    /// <summary>The start of the next.</summary>
    public DateTimeOffset To => Start(First.AddMonths(1));

    /// <summary>The start of a day.</summary>
    public static DateTimeOffset Start(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    /// <summary>Lays out a month.</summary>
    /// <param name="first">Its first day.</param>
    /// <param name="runs">Runs with their schedules.</param>
    /// <param name="ticks">Ticks that are to come, with their schedules.</param>
    public static CalendarMonth Of(
        DateOnly first, IEnumerable<(ScheduleView View, ScheduleRunView Run)> runs, IEnumerable<(ScheduleView View, DateTimeOffset At)> ticks)
    {
        ILookup<DateOnly, CalendarItem> items = runs.Select(each => new CalendarItem(each.View, each.Run.State, 1, each.Run.Row.DueAt, each.Run))
            .Concat(ticks.Select(each => new CalendarItem(each.View, null, 1, each.At, null)))
            .ToLookup(item => DateOnly.FromDateTime(item.At.UtcDateTime));
        int days = first.AddMonths(1).AddDays(-1).Day;
        int before = ((int)first.DayOfWeek + 6) % 7;
        CalendarDay?[] cells =
        [
            .. Enumerable.Repeat<CalendarDay?>(null, before),
            .. Enumerable.Range(0, days).Select(day => new CalendarDay(first.AddDays(day), Gather(items[first.AddDays(day)]))),
            .. Enumerable.Repeat<CalendarDay?>(null, (7 - ((before + days) % 7)) % 7),
        ];
        return new CalendarMonth(first, [.. cells.Chunk(7)]);
    }

    // Twenty-four hourly looks are one line.
    private static IReadOnlyList<CalendarItem> Gather(IEnumerable<CalendarItem> items) =>
    [
        .. items.GroupBy(item => (item.View.Schedule.Id, item.State)).Select(group =>
        {
            CalendarItem earliest = group.MinBy(item => item.At)!;
            return earliest with { Count = group.Count() };
        }).OrderBy(item => item.At),
    ];
}
