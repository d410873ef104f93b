using Governance.Audit.Data;
using Governance.Audit.Traffic.Chunks;
using Governance.Audit.Traffic.Ingestion;
using Governance.Registry.Artifacts;
using Governance.Registry.Deployments;
using Governance.Registry.Traffic;

namespace Governance.Audit.Traffic;

/// <summary>Reads raw rows of a window, while they are kept. Whoever shows them masks them, and writes the look down.</summary>
/// <param name="seats">Know the labels.</param>
/// <param name="queries">Know which chunks there are.</param>
/// <param name="store">Holds them.</param>
public sealed class ReadTraffic(TrafficSeats seats, TrafficQueries queries, ArtifactStore store)
{
    /// <summary>Reads rows with the labels that are known by now.</summary>
    /// <param name="deployment">Of which deployment.</param>
    /// <param name="from">Inclusive.</param>
    /// <param name="to">Exclusive.</param>
    /// <param name="columns">The readable columns wanted; null for all, none for none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<TrafficWindow> WindowAsync(
        DeploymentId deployment, DateTimeOffset from, DateTimeOffset to, IReadOnlyCollection<string>? columns, CancellationToken cancellationToken) =>
        WindowAsync(deployment, from, to, columns, DateTimeOffset.MaxValue, cancellationToken);

    /// <summary>Reads rows with the labels that were known by a time.</summary>
    /// <param name="deployment">Of which deployment.</param>
    /// <param name="from">Inclusive.</param>
    /// <param name="to">Exclusive.</param>
    /// <param name="columns">The readable columns wanted; null for all, none for none.</param>
    /// <param name="labelsUntil">Labels that became known later do not count; inclusive.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<TrafficWindow> WindowAsync(
        DeploymentId deployment, DateTimeOffset from, DateTimeOffset to, IReadOnlyCollection<string>? columns, DateTimeOffset labelsUntil,
        CancellationToken cancellationToken)
    {
        List<DayRows> parts = [];
        long erased = 0;
        foreach (StoredChunk chunk in await queries.ChunksAsync(deployment, TrafficKind.Rows, from, to, cancellationToken))
        {
            if (chunk.Raw is not ArtifactDigest raw)
            {
                erased += chunk.Chunk.Rows;
                continue;
            }

            byte[] bytes = await store.ReadAsync(raw, cancellationToken);
            DayRows rows = await Task.Run(() => Within(RowsFile.Read(bytes, columns), from, to), cancellationToken);
            if (rows.Rows > 0)
            {
                parts.Add(rows);
            }
        }

        DayRows all = parts.Count == 0 ? Nothing : await Task.Run(() => DayRows.Join(parts), cancellationToken);
        (TextColumn labels, DateTimeOffset?[] known) = await LabelsAsync(deployment, all.Prints.Ids, labelsUntil, cancellationToken);
        return new TrafficWindow
        {
            From = from,
            To = to,
            Ids = all.Ids,
            Times = Array.ConvertAll(all.Times, DayRows.TimeOf),
            Columns = TableOf(all, columns),
            Scores = all.Scores,
            Decisions = all.Decisions,
            Latency = all.Latency,
            Labels = labels,
            KnownAt = known,
            RowsErased = erased,
        };
    }

    private static DayRows Nothing => new() { Ids = [], Times = [], Prints = new RowPrints([], []) };

    /// <summary>The rows of a chunk that lie in a window.</summary>
    internal static DayRows Within(DayRows rows, DateTimeOffset from, DateTimeOffset to)
    {
        (long first, long last) = (DayRows.MicrosOf(from), DayRows.MicrosOf(to));
        if (rows.Rows == 0 || (rows.Times[0] >= first && rows.Times[^1] < last))
        {
            return rows;
        }

        return rows.Take([.. Enumerable.Range(0, rows.Rows).Where(row => rows.Times[row] >= first && rows.Times[row] < last)]);
    }

    private static Table? TableOf(DayRows rows, IReadOnlyCollection<string>? columns)
    {
        Column[] cells = columns is null ? [.. rows.Columns]
            : [.. columns.Distinct(StringComparer.Ordinal).Select(name => rows.Columns.FirstOrDefault(column => column.Name == name) ?? Missing(name, rows.Rows))];
        return cells.Length == 0 ? null : new Table(cells);
    }

    private static NumberColumn Missing(string name, int rows)
    {
        double[] values = new double[rows];
        Array.Fill(values, double.NaN);
        return new NumberColumn(name, values);
    }

    private async Task<(TextColumn Labels, DateTimeOffset?[] KnownAt)> LabelsAsync(
        DeploymentId deployment, ulong[] rows, DateTimeOffset until, CancellationToken cancellationToken)
    {
        (TrafficSeat seat, IDisposable turn) = await seats.TakeAsync(deployment, cancellationToken);
        using (turn)
        {
            await seat.LearnLabelsAsync(cancellationToken);
            int[] codes = new int[rows.Length];
            DateTimeOffset?[] known = new DateTimeOffset?[rows.Length];
            long last = DayRows.MicrosOf(until);
            for (int row = 0; row < rows.Length; row++)
            {
                (codes[row], long at) = seat.Labels.Find(rows[row], last);
                known[row] = codes[row] < 0 ? null : DayRows.TimeOf(at);
            }

            return (new TextColumn("label", codes, [.. seat.Labels.Levels]), known);
        }
    }
}
