using Governance.Audit.Traffic.Chunks;
using Governance.Audit.Traffic.Summaries;
using Governance.Registry.Artifacts;
using Governance.Registry.Deployments;
using Governance.Registry.Traffic;

namespace Governance.Audit.Traffic;

/// <summary>Reads what was counted of a window: whole days from what was counted of them, parts of days from their rows.</summary>
/// <remarks>Where the rows of a part are erased, its whole hours are left, without quantiles; other parts of hours are then not counted.</remarks>
/// <param name="queries">Know which chunks there are.</param>
/// <param name="store">Holds them.</param>
public sealed class ReadSummaries(TrafficQueries queries, ArtifactStore store)
{
    /// <summary>Reads and merges.</summary>
    /// <param name="deployment">Of which deployment.</param>
    /// <param name="from">Inclusive.</param>
    /// <param name="to">Exclusive.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<WindowSummary> WindowAsync(DeploymentId deployment, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        SummaryCell all = new(true);
        foreach (StoredChunk chunk in await queries.ChunksAsync(deployment, TrafficKind.Rows, from, to, cancellationToken))
        {
            if (chunk.Summary is not ArtifactDigest summary)
            {
                continue;
            }

            byte[] bytes = await store.ReadAsync(summary, cancellationToken);
            bool whole = chunk.Chunk.From >= from && chunk.Chunk.To < to;
            if (whole)
            {
                all.Merge(SummaryFile.Read(bytes, hours: false).Day);
            }
            else if (chunk.Raw is ArtifactDigest raw)
            {
                SummaryLayout layout = SummaryFile.ReadLayout(bytes);
                DayRows rows = ReadTraffic.Within(RowsFile.Read(await store.ReadAsync(raw, cancellationToken), null), from, to);
                SummaryCell part = new(true);
                part.Add(layout, rows, 0, rows.Rows);
                all.Merge(part.Finish());
            }
            else
            {
                DateTimeOffset day = new(chunk.Chunk.Day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
                foreach ((int hour, SummaryCell cell) in SummaryFile.Read(bytes, hours: true).Hours)
                {
                    if (day.AddHours(hour) >= from && day.AddHours(hour + 1) <= to)
                    {
                        all.Merge(cell);
                    }
                }
            }
        }

        return new WindowSummary(from, to, all);
    }
}
