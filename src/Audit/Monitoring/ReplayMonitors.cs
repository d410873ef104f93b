namespace Governance.Audit.Monitoring;

/// <summary>Runs a plan over recorded traffic as if it were arriving.</summary>
public static class ReplayMonitors
{
    /// <summary>Replays.</summary>
    /// <param name="plan">The plan with its reference.</param>
    /// <param name="traffic">The rows with the times when labels became known.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Every reading, in the order in which it could first be made; those that wait for labels first.</returns>
    public static async Task<IReadOnlyList<WindowReading>> RunAsync(PreparedPlan plan, MonitoredRows traffic, CancellationToken cancellationToken)
    {
        if (traffic.Count == 0)
        {
            return [];
        }

        // The day after the last row or label, so that the last windows close.
        DateTimeOffset last = (traffic.LabelsKnownAt ?? []).OfType<DateTimeOffset>().Append(traffic.Times[^1]).Max();
        DateTimeOffset lastWindow = EndOf(traffic.Times[^1]);
        List<WindowReading> readings = [];
        ReadWindows reader = new(plan, new RowsInMemory(traffic), new MonitorHistory());
        await reader.RunAsync(
            null, EndOf(last), (_, window) => window.To > lastWindow,
            made =>
            {
                readings.AddRange(made);
                return Task.CompletedTask;
            },
            cancellationToken);
        return readings;
    }

    private static DateTimeOffset EndOf(DateTimeOffset at) => new DateTimeOffset(at.UtcDateTime.Date, TimeSpan.Zero).AddDays(1);
}
