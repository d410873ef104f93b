namespace Governance.Audit.Monitoring;

/// <summary>Where the rows of windows come from: a deployment's traffic, or rows in memory.</summary>
public interface ITrafficRows
{
    /// <summary>The first and the last moment of any row; null where there is none.</summary>
    Task<(DateTimeOffset First, DateTimeOffset Last)?> SpanAsync(CancellationToken cancellationToken);

    /// <summary>The rows of a window, by time, with every label that is known.</summary>
    Task<MonitoredRows> ReadAsync(MonitorWindow window, CancellationToken cancellationToken);
}

/// <summary>Rows in memory.</summary>
/// <param name="rows">All rows, by time.</param>
public sealed class RowsInMemory(MonitoredRows rows) : ITrafficRows
{
    /// <inheritdoc/>
    public Task<(DateTimeOffset First, DateTimeOffset Last)?> SpanAsync(CancellationToken cancellationToken) =>
        Task.FromResult<(DateTimeOffset, DateTimeOffset)?>(rows.Count == 0 ? null : (rows.Times[0], rows.Times[^1]));

    /// <inheritdoc/>
    public Task<MonitoredRows> ReadAsync(MonitorWindow window, CancellationToken cancellationToken) => Task.FromResult(rows.In(window));
}
