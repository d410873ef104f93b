using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Governance.Audit.Traffic.Chunks;
using Governance.Audit.Traffic.Summaries;
using Governance.Registry.Artifacts;
using Governance.Registry.Traffic;

namespace Governance.Audit.Traffic.Ingestion;

/// <summary>Puts rows into the store as chunks, one a UTC day, with what is counted of them. Their rows come with the commit.</summary>
internal static class WriteChunks
{
    /// <summary>The most days of one batch.</summary>
    public const int MostDays = 400;

    /// <summary>Writes rows.</summary>
    /// <param name="store">Where to.</param>
    /// <param name="layout">Knows every column of the rows.</param>
    /// <param name="rows">In the order of their times.</param>
    /// <param name="cancellationToken">Ends it; what was written is then discarded.</param>
    /// <returns>The chunks by day.</returns>
    /// <exception cref="Data.InputException">They lie on more than <see cref="MostDays"/> days.</exception>
    public static async Task<IReadOnlyList<NewChunk>> RunAsync(
        ArtifactStore store, SummaryLayout layout, DayRows rows, CancellationToken cancellationToken)
    {
        List<DayRows> days = DaysOf(rows);
        if (days.Count > MostDays)
        {
            throw new Data.InputException($"The rows lie on {days.Count} days; a batch has at most {MostDays}. Check the times, or send the rows in parts.");
        }

        ConcurrentBag<NewChunk> chunks = [];
        await Parallel.ForEachAsync(
            days, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
            async (day, token) => chunks.Add(await OneAsync(store, layout, day, token)));
        return [.. chunks.OrderBy(chunk => chunk.Day)];
    }

    /// <summary>Writes rows of one day.</summary>
    public static async Task<NewChunk> OneAsync(ArtifactStore store, SummaryLayout layout, DayRows day, CancellationToken cancellationToken)
    {
        Guid id = Guid.CreateVersion7();
        StoredArtifact raw = await KeepAsync(store, RowsFile.Write(id, day), cancellationToken);
        StoredArtifact summary = await KeepAsync(store, SummaryFile.Of(layout, day).Write(id), cancellationToken);
        return new NewChunk(
            id, TrafficKind.Rows, DayRows.DayOf(day.Times[0]), day.Rows, DayRows.TimeOf(day.Times[0]), DayRows.TimeOf(day.Times[^1]), raw, summary);
    }

    /// <summary>Writes labels.</summary>
    public static async Task<NewChunk> LabelsAsync(ArtifactStore store, LabelsFile labels, CancellationToken cancellationToken)
    {
        Guid id = Guid.CreateVersion7();
        StoredArtifact raw = await KeepAsync(store, labels.Write(id), cancellationToken);
        return new NewChunk(
            id, TrafficKind.Labels, DayRows.DayOf(labels.KnownAt.Min()), labels.Count, DayRows.TimeOf(labels.KnownAt.Min()),
            DayRows.TimeOf(labels.KnownAt.Max()), raw, null);
    }

    private static List<DayRows> DaysOf(DayRows rows)
    {
        List<DayRows> days = [];
        for (int from = 0; from < rows.Rows;)
        {
            DateOnly day = DayRows.DayOf(rows.Times[from]);
            int to = from + 1;
            while (to < rows.Rows && DayRows.DayOf(rows.Times[to]) == day)
            {
                to++;
            }

            days.Add(from == 0 && to == rows.Rows ? rows : rows.Take([.. Enumerable.Range(from, to - from)]));
            from = to;
        }

        return days;
    }

    private static async Task<StoredArtifact> KeepAsync(ArtifactStore store, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        ArraySegment<byte> segment = MemoryMarshal.TryGetArray(bytes, out ArraySegment<byte> array) ? array : bytes.ToArray();
        using MemoryStream source = new(segment.Array!, segment.Offset, segment.Count, writable: false);
        return await store.WriteAsync(source, ArtifactKind.Traffic, segment.Count, cancellationToken);
    }
}
