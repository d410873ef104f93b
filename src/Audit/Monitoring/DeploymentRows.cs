using Governance.Audit.Data;
using Governance.Audit.Traffic;
using Governance.Registry.Deployments;
using Governance.Registry.Traffic;

namespace Governance.Audit.Monitoring;

/// <summary>The traffic of a deployment as monitors read it.</summary>
internal sealed class DeploymentRows(
    ReadTraffic traffic, TrafficQueries chunks, DeploymentView view, PreparedDeployment prepared) : ITrafficRows
{
    /// <inheritdoc/>
    public async Task<(DateTimeOffset First, DateTimeOffset Last)?> SpanAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredChunk> all = await chunks.ChunksAsync(view.Deployment.Id, TrafficKind.Rows, null, null, cancellationToken);
        return all.Count == 0 ? null : (all.Min(chunk => chunk.Chunk.From), all.Max(chunk => chunk.Chunk.To));
    }

    /// <inheritdoc/>
    public async Task<MonitoredRows> ReadAsync(MonitorWindow window, CancellationToken cancellationToken) =>
        Of(await traffic.WindowAsync(view.Deployment.Id, window.From, window.To, prepared.Columns, cancellationToken), prepared.Positive, prepared.IsRegression, prepared.Classes);

    /// <summary>A window of traffic as monitors read it.</summary>
    public static MonitoredRows Of(TrafficWindow window, string? positive, bool regression, IReadOnlyList<string>? classes)
    {
        Column[] none = [new NumberColumn("(row)", new double[window.Rows])];
        double[]? scores = window.ScoreOf(positive)?.Values;
        return new MonitoredRows
        {
            Table = window.Columns ?? new Table(none),
            Times = [.. window.Times],
            Scores = regression ? null : scores,
            Values = regression ? scores : null,
            Predicted = window.Decisions is TextColumn decisions ? [.. Enumerable.Range(0, decisions.Count).Select(decisions.Text)] : null,
            Labels = KnownLabels.Of(Enumerable.Range(0, window.Rows).Select(window.Labels.Text), classes),
            LabelsKnownAt = [.. window.KnownAt],
            Latency = window.Latency,
        };
    }
}
