namespace Governance.Audit.Monitoring;

/// <summary>A span of traffic that is read as one: from a moment (inclusive) to another (exclusive), UTC.</summary>
/// <param name="From">Its first moment.</param>
/// <param name="To">The first moment after it: when it closes.</param>
public readonly record struct MonitorWindow(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Whether a moment lies in it.</summary>
    public bool Holds(DateTimeOffset at) => at >= From && at < To;

    /// <summary>Whether two windows share a moment.</summary>
    public bool Overlaps(MonitorWindow other) => From < other.To && other.From < To;
}

/// <summary>Cuts time into windows. Pure; the same traffic is cut alike whenever it is looked at.</summary>
public static class WindowCalendar
{
    /// <summary>The windows by time that have closed.</summary>
    /// <param name="spec">A window by time.</param>
    /// <param name="since">The first moment that counts: windows begin with the period that holds it.</param>
    /// <param name="upTo">Windows that close after this are left out.</param>
    /// <returns>In the order of closing. Pools that reach back before the first period begin with it.</returns>
    /// <exception cref="ArgumentException">It is a window by rows.</exception>
    public static IReadOnlyList<MonitorWindow> Closed(WindowSpec spec, DateTimeOffset since, DateTimeOffset upTo)
    {
        if (spec.Period is not WindowPeriod period)
        {
            throw new ArgumentException("Windows by rows are cut from rows.", nameof(spec));
        }

        List<MonitorWindow> windows = [];
        DateTimeOffset first = Start(period, since);
        for (DateTimeOffset start = first; Step(period, start, 1) <= upTo; start = Step(period, start, 1))
        {
            DateTimeOffset from = Step(period, start, 1 - spec.Over);
            windows.Add(new MonitorWindow(from < first ? first : from, Step(period, start, 1)));
        }

        return windows;
    }

    /// <summary>The windows of a number of rows each that are full.</summary>
    /// <param name="rows">At least 1.</param>
    /// <param name="times">Shape [rows], ascending.</param>
    /// <returns>Each closes a microsecond after its last row. Rows of one moment stay together, so a window may hold more rows.</returns>
    public static IReadOnlyList<(MonitorWindow Window, Range Rows)> Counted(int rows, IReadOnlyList<DateTimeOffset> times)
    {
        List<(MonitorWindow, Range)> windows = [];
        for (int at = 0; at + rows <= times.Count;)
        {
            int end = at + rows;
            DateTimeOffset close = times[end - 1].AddTicks(TimeSpan.TicksPerMicrosecond);
            while (end < times.Count && times[end] < close)
            {
                end++;
            }

            windows.Add((new MonitorWindow(times[at], close), at..end));
            at = end;
        }

        return windows;
    }

    private static DateTimeOffset Start(WindowPeriod period, DateTimeOffset at)
    {
        DateTimeOffset utc = at.ToUniversalTime();
        DateTimeOffset day = new(utc.Year, utc.Month, utc.Day, 0, 0, 0, TimeSpan.Zero);
        return period switch
        {
            WindowPeriod.Hour => day.AddHours(utc.Hour),
            WindowPeriod.Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
            WindowPeriod.Month => day.AddDays(1 - day.Day),
            _ => day,
        };
    }

    private static DateTimeOffset Step(WindowPeriod period, DateTimeOffset start, int steps) => period switch
    {
        WindowPeriod.Hour => start.AddHours(steps),
        WindowPeriod.Week => start.AddDays(7 * steps),
        WindowPeriod.Month => start.AddMonths(steps),
        _ => start.AddDays(steps),
    };
}
