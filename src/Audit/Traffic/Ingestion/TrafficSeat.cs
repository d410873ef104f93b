using Governance.Audit.Traffic.Chunks;
using Governance.Audit.Traffic.Summaries;
using Governance.Registry.Artifacts;
using Governance.Registry.Deployments;
using Governance.Registry.Traffic;

namespace Governance.Audit.Traffic.Ingestion;

/// <summary>What this process remembers of a deployment's traffic while it writes or joins labels: all of it follows from the chunks.</summary>
/// <param name="deployment">Of which deployment.</param>
/// <param name="queries">Reads which chunks there are.</param>
/// <param name="store">Reads what is in them.</param>
internal sealed class TrafficSeat(DeploymentId deployment, TrafficQueries queries, ArtifactStore store)
{
    private long rowsKnown;
    private long labelsKnown;

    /// <summary>One writer at a time; also held while labels are joined.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    public RowIndex Rows { get; } = new();

    public LabelIndex Labels { get; private set; } = new();

    /// <summary>How columns are counted; null before the first row.</summary>
    public SummaryLayout? Layout { get; set; }

    /// <summary>Bytes held.</summary>
    public long Bytes => Rows.Bytes + (60L * Labels.Count);

    /// <summary>When it was used last, to forget the one that was not used for longest.</summary>
    public long LastUse { get; set; }

    /// <summary>Learns of rows that others wrote.</summary>
    /// <returns>The last sequence of the deployment that is taken into account.</returns>
    public async Task<long> LearnRowsAsync(CancellationToken cancellationToken)
    {
        long last = await queries.LastAsync(deployment, cancellationToken);
        foreach (StoredChunk chunk in last == rowsKnown ? [] : await queries.SinceAsync(deployment, TrafficKind.Rows, rowsKnown, cancellationToken))
        {
            if (chunk.Raw is ArtifactDigest raw)
            {
                Rows.Add(RowsFile.ReadPrints(await store.ReadAsync(raw, cancellationToken)));
            }

            if (chunk.Summary is ArtifactDigest summary && chunk.Chunk.Sequence > rowsKnown)
            {
                Layout = SummaryFile.ReadLayout(await store.ReadAsync(summary, cancellationToken)).With(Layout);
            }
        }

        return rowsKnown = last;
    }

    /// <summary>Learns of labels that others wrote.</summary>
    /// <returns>The last sequence of the deployment that is taken into account.</returns>
    public async Task<long> LearnLabelsAsync(CancellationToken cancellationToken)
    {
        long last = await queries.LastAsync(deployment, cancellationToken);
        foreach (StoredChunk chunk in last == labelsKnown ? [] : await queries.SinceAsync(deployment, TrafficKind.Labels, labelsKnown, cancellationToken))
        {
            if (chunk.Raw is ArtifactDigest raw)
            {
                Labels.Add(LabelsFile.Read(await store.ReadAsync(raw, cancellationToken)));
            }
        }

        return labelsKnown = last;
    }

    /// <summary>Notes that chunks of rows were committed behind the last known.</summary>
    public void Committed(int chunks) => rowsKnown += chunks;

    /// <summary>Forgets all labels: they are learned anew from the chunks.</summary>
    public void ForgetLabels() => (Labels, labelsKnown) = (new LabelIndex(), 0);

    /// <summary>Notes that chunks of labels were committed behind the last known.</summary>
    public void LabelsCommitted(int chunks) => labelsKnown += chunks;
}
