using Governance.Audit.Traffic.Chunks;
using Governance.Audit.Traffic.Ingestion;
using Governance.Audit.Traffic.Summaries;
using Governance.Registry.Artifacts;
using Governance.Registry.Deployments;
using Governance.Registry.Traffic;

namespace Governance.Audit.Traffic;

/// <summary>Puts the small chunks of a day together, behind the traffic, so that windows open few files.</summary>
/// <param name="seats">One writer of a deployment at a time.</param>
/// <param name="queries">Know which chunks there are.</param>
/// <param name="commit">Puts the new in the place of the old.</param>
/// <param name="store">Holds them.</param>
/// <param name="clock">Says which days are over.</param>
public sealed class CompactTraffic(TrafficSeats seats, TrafficQueries queries, CommitTraffic commit, ArtifactStore store, TimeProvider clock)
{
    /// <summary>Chunks of more rows are left as they are.</summary>
    public const int MostRows = 200_000;

    /// <summary>So many small chunks of a day that is not over are put together.</summary>
    public const int ManyChunks = 16;

    /// <summary>Looks through the chunks of a deployment.</summary>
    /// <returns>How many chunks were put into others.</returns>
    public async Task<int> RunAsync(DeploymentId deployment, CancellationToken cancellationToken)
    {
        DateOnly today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        IReadOnlyList<StoredChunk> all = await queries.ChunksAsync(deployment, TrafficKind.Rows, null, null, cancellationToken);
        int done = 0;
        foreach (IGrouping<DateOnly, StoredChunk> day in all.Where(chunk => chunk.Raw is not null && chunk.Chunk.Rows < MostRows).GroupBy(chunk => chunk.Chunk.Day))
        {
            StoredChunk[] small = [.. day];
            if (small.Length >= (day.Key < today ? 2 : ManyChunks))
            {
                done += await JoinAsync(deployment, small, cancellationToken);
            }
        }

        return done;
    }

    private async Task<int> JoinAsync(DeploymentId deployment, StoredChunk[] small, CancellationToken cancellationToken)
    {
        (TrafficSeat seat, IDisposable turn) = await seats.TakeAsync(deployment, cancellationToken);
        using (turn)
        {
            long after = await seat.LearnRowsAsync(cancellationToken);
            List<DayRows> parts = [];
            SummaryLayout? layout = null;
            foreach (StoredChunk chunk in small)
            {
                parts.Add(RowsFile.Read(await store.ReadAsync(chunk.Raw!.Value, cancellationToken), null));
                layout = chunk.Summary is ArtifactDigest summary ? SummaryFile.ReadLayout(await store.ReadAsync(summary, cancellationToken)).With(layout) : layout;
            }

            DayRows rows = await Task.Run(() => DayRows.Join(parts), cancellationToken);
            NewChunk joined = await WriteChunks.OneAsync(store, layout!, rows, cancellationToken);
            if (await commit.ReplaceAsync(deployment, after, [.. small.Select(chunk => chunk.Chunk.Id)], [joined], cancellationToken) == CommitResult.Stale)
            {
                commit.Discard([joined.Raw!.Digest, joined.Summary!.Digest]); // somebody else was first: the next look sees it
                return 0;
            }

            seat.Committed(1);
            return small.Length;
        }
    }
}
