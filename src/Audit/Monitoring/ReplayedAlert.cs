namespace Governance.Audit.Monitoring;

/// <summary>An alert as a replay raises it: one for a monitor, column and cohort until two windows were quiet.</summary>
/// <param name="Monitor">The monitor's id.</param>
/// <param name="Column">The column; null for none.</param>
/// <param name="Cohort">The cohort's name; null for all rows.</param>
/// <param name="RaisedAt">When it became known.</param>
/// <param name="Window">The first loud window.</param>
/// <param name="Sentence">What the loudest figure of that window says.</param>
public sealed record ReplayedAlert(string Monitor, string? Column, string? Cohort, DateTimeOffset RaisedAt, MonitorWindow Window, string Sentence)
{
    /// <summary>Quiet windows in a row before an alert is over.</summary>
    public const int QuietWindows = 2;

    /// <summary>Loud windows so far.</summary>
    public int Windows { get; private set; } = 1;

    /// <summary>Whether two windows in a row were loud.</summary>
    public bool Critical { get; private set; }

    /// <summary>When it was over; null while it is open.</summary>
    public DateTimeOffset? RecoveredAt { get; private set; }

    /// <summary>The day on which it became known, counting an end of day to the day that ends.</summary>
    public DateOnly Day => DateOnly.FromDateTime(RaisedAt.AddTicks(-1).UtcDateTime);

    /// <summary>The alerts that follow from readings.</summary>
    /// <param name="readings">Of whole windows, in the order in which they became known.</param>
    public static IReadOnlyList<ReplayedAlert> Of(IEnumerable<WindowReading> readings)
    {
        List<ReplayedAlert> alerts = [];
        Dictionary<(string, string?, string?), (ReplayedAlert? Open, int Quiet)> states = [];
        foreach (var look in readings.Where(reading => reading.Verdict != ReadingVerdict.Unmeasured)
            .GroupBy(reading => (reading.Monitor, reading.Measure.Column, reading.Cohort, reading.Window)))
        {
            (string, string?, string?) key = (look.Key.Monitor, look.Key.Column, look.Key.Cohort);
            (ReplayedAlert? open, int quiet) = states.GetValueOrDefault(key);
            WindowReading? loud = look.Where(reading => reading.Alerts).MinBy(reading => reading.Adjusted);
            if (loud is null)
            {
                bool over = open is not null && quiet + 1 >= QuietWindows;
                if (over)
                {
                    open!.RecoveredAt = look.First().DueAt;
                }

                states[key] = (over ? null : open, quiet + 1);
                continue;
            }

            if (open is null)
            {
                alerts.Add(open = new ReplayedAlert(loud.Monitor, loud.Measure.Column, loud.Cohort, loud.DueAt, loud.Window, loud.Measure.Sentence));
            }
            else
            {
                open.Windows++;
                open.Critical |= quiet == 0;
            }

            states[key] = (open, 0);
        }

        return alerts;
    }
}
