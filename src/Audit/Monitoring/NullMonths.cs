using Governance.Audit.Explanations;

namespace Governance.Audit.Monitoring;

/// <summary>Months in which nothing changes: rows drawn from the reference, with their labels some days later.</summary>
public static class NullMonths
{
    /// <summary>The first day of every such month.</summary>
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The alerts that a plan raises in one month; each is a false one.</summary>
    /// <param name="plan">The plan with its reference.</param>
    /// <param name="reference">The rows to draw from, with replacement.</param>
    /// <param name="month">Which month; the stream of the seed.</param>
    /// <param name="days">At least 1.</param>
    /// <param name="rowsADay">At least 1.</param>
    /// <param name="labelDays">Days until a label is known.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<IReadOnlyList<ReplayedAlert>> RunAsync(
        PreparedPlan plan, MonitoredRows reference, int month, int days, int rowsADay, int labelDays, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rowsADay, 1);
        SeededRandom random = new(plan.Spec.Seed, StreamOf.Words("null month", month));
        int[] rows = new int[days * rowsADay];
        for (int row = 0; row < rows.Length; row++)
        {
            rows[row] = random.NextBelow(reference.Count);
        }

        MonitoredRows drawn = reference.Take(rows);
        DateTimeOffset[] times = [.. Enumerable.Range(0, rows.Length).Select(row => Start.AddDays(row / rowsADay).AddSeconds(86_400.0 * (row % rowsADay) / rowsADay))];
        MonitoredRows traffic = new()
        {
            Table = drawn.Table,
            Times = times,
            Scores = drawn.Scores,
            Predicted = drawn.Predicted,
            Values = drawn.Values,
            Labels = drawn.Labels,
            LabelsKnownAt = drawn.Labels is null ? null : [.. times.Select(at => (DateTimeOffset?)at.AddDays(labelDays))],
        };
        return ReplayedAlert.Of(await ReplayMonitors.RunAsync(plan, traffic, cancellationToken));
    }
}
