namespace Governance.Audit.Monitoring;

/// <summary>How many false alerts a plan accepts in a span of time, over all monitors, columns and looks together.</summary>
/// <remarks>
/// Expectations add up whatever the dependence between tests: where every test at level α is right, the expected number
/// of false alerts is the sum of the levels, so the budget is dealt out as levels. A monitor gets its share of the
/// month, each of its windows an equal part of that, and Holm's procedure spends a window's part over its columns.
/// Alerts count at the first window that passes its threshold (a warning); two windows in a row only raise the severity.
/// </remarks>
/// <param name="FalseAlerts">Above 0.</param>
/// <param name="Per">day, week, month, quarter or year.</param>
public sealed record FalseAlarmBudget(double FalseAlerts, string Per)
{
    /// <summary>Days of a mean month of the Gregorian calendar.</summary>
    public const double DaysAMonth = 365.2425 / 12;

    /// <summary>The largest level that a single window is ever tested at, however large the budget.</summary>
    public const double LargestLevel = 0.05;

    /// <summary>The words of <see cref="Per"/>.</summary>
    public static IReadOnlyList<string> Spans { get; } = ["day", "week", "month", "quarter", "year"];

    /// <summary>False alerts accepted in a month.</summary>
    public double AMonth => FalseAlerts * Per switch
    {
        "day" => DaysAMonth,
        "week" => DaysAMonth / 7,
        "quarter" => 1 / 3.0,
        "year" => 1 / 12.0,
        _ => 1,
    };

    /// <summary>The level at which one window of a monitor is tested.</summary>
    /// <param name="spec">The whole plan.</param>
    /// <param name="monitor">One of its monitors.</param>
    public double LevelOf(MonitorSpec spec, MonitorTerms monitor)
    {
        double shares = spec.Monitors.Sum(one => one.Share);
        return Math.Min(LargestLevel, AMonth * monitor.Share / shares / spec.Windows[monitor.Window].LooksAMonth);
    }

    /// <summary>False alerts that a plan expects in a month at most: the sum of its levels over windows.</summary>
    public double ExpectedAMonth(MonitorSpec spec) =>
        spec.Monitors.Sum(monitor => LevelOf(spec, monitor) * spec.Windows[monitor.Window].LooksAMonth);

    /// <summary>In words, such as "at most 1 false alert a month".</summary>
    public string Sentence =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"at most {FalseAlerts:0.###} false alert{(FalseAlerts == 1 ? "" : "s")} a {Per}, over all monitors, columns and looks");
}
