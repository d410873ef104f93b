using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Governance.Audit.Data;
using Governance.Audit.Traffic.Chunks;
using Governance.Audit.Traffic.Ingestion;
using Governance.Audit.Traffic.Summaries;
using Governance.Registry.Artifacts;
using Governance.Registry.Deployments;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Traffic;

namespace Governance.Audit.Traffic;

/// <summary>Takes rows of a deployment's traffic: each counts once, and once acknowledged it is there for good.</summary>
/// <remarks>
/// Whoever calls has judged that the sender may. Order: files of the rows and of what is counted (each flushed, renamed, its folder
/// flushed), then their rows and the batch's key in one transaction, then the answer. A batch under a key that was accepted before
/// changes nothing and gets the first answer again; a row whose id was there before does not count again, the first wins.
/// </remarks>
public sealed class IngestTraffic(
    TrafficSeats seats, LoadLayout layouts, TrafficQueries queries, CommitTraffic commit, ArtifactStore store, TimeProvider clock)
{
    /// <summary>How many years a row may lie back.</summary>
    public const int OldestYears = 10;

    /// <summary>Takes a batch.</summary>
    /// <param name="deployment">Of which deployment; it may have ended, for rows can come late.</param>
    /// <param name="batchKey">What the sender calls this batch, such as an idempotency key or a digest; 1 to 200 characters.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="cancellationToken">Ends it before the commit, and nothing happened.</param>
    /// <exception cref="InputException">The key was used for other rows, the deployment does not exist, or the rows lie on too many days or too far back.</exception>
    public Task<IngestOutcome> RunAsync(DeploymentId deployment, string batchKey, TrafficBatch batch, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(batchKey);
        ArgumentNullException.ThrowIfNull(batch);
        return TakeAsync(deployment, KeyOf(batchKey), batch, cancellationToken);
    }

    /// <summary>Takes a batch that its sender never sends again as such: rows that came twice are known by their ids.</summary>
    internal Task<IngestOutcome> AppendAsync(DeploymentId deployment, TrafficBatch batch, CancellationToken cancellationToken) =>
        TakeAsync(deployment, null, batch, cancellationToken);

    /// <summary>The digest of a batch's key.</summary>
    internal static FactDigest KeyOf(string batchKey) => new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(batchKey))));

    private async Task<IngestOutcome> TakeAsync(DeploymentId deployment, FactDigest? key, TrafficBatch batch, CancellationToken cancellationToken)
    {
        RefuseAges(batch);
        PrintKey print = await seats.KeyAsync(cancellationToken);
        RowPrints prints = await Task.Run(() => RowPrints.Of(batch, print), cancellationToken);
        FactDigest content = new(Convert.ToHexStringLower(SHA256.HashData(
            [.. MemoryMarshal.AsBytes<ulong>(prints.Ids), .. MemoryMarshal.AsBytes<ulong>(prints.Contents)])));
        (TrafficSeat seat, IDisposable turn) = await seats.TakeAsync(deployment, cancellationToken);
        using (turn)
        {
            while (true)
            {
                if (key is FactDigest known && await queries.BatchAsync(deployment, TrafficKind.Rows, known, cancellationToken) is AcceptedBatch before)
                {
                    return before.Content == content ? IngestOutcome.Of(before)
                        : throw new InputException("This key was used for another batch. Give each batch a key of its own.");
                }

                long after = await seat.LearnRowsAsync(cancellationToken);
                if (await OnceAsync(seat, after, deployment, key, content, DayRows.Of(batch, prints), cancellationToken) is IngestOutcome outcome)
                {
                    return outcome;
                }
            }
        }
    }

    // Windows begin with the first row: one row of 1970, a time in the wrong unit, would make monitors read every day since.
    private void RefuseAges(TrafficBatch batch)
    {
        DateTimeOffset oldest = clock.GetUtcNow().AddYears(-OldestYears);
        for (int row = 0; row < batch.Rows; row++)
        {
            if (batch.Times[row] < oldest)
            {
                throw new InputException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Row {row + 1} of the batch is of {batch.Times[row]:yyyy-MM-dd}: rows may lie {OldestYears} years back at most. Write times as 2026-03-01T06:00:00Z, or as seconds or milliseconds since 1970."));
            }
        }
    }

    // Null where somebody else was first: then what is there is looked at anew.
    private async Task<IngestOutcome?> OnceAsync(
        TrafficSeat seat, long after, DeploymentId deployment, FactDigest? key, FactDigest content, DayRows rows, CancellationToken cancellationToken)
    {
        (int[] fresh, int repeated, int conflicts) = Sift(seat.Rows, rows.Prints);
        IReadOnlyList<NewChunk> chunks = [];
        try
        {
            SummaryLayout layout = seat.Layout ?? await layouts.RunAsync(deployment, cancellationToken);
            if (fresh.Length > 0)
            {
                DayRows kept = (fresh.Length == rows.Rows ? rows : rows.Take(fresh)).InOrder();
                layout = layout.With(kept);
                chunks = await Task.Run(() => WriteChunks.RunAsync(store, layout, kept, cancellationToken), cancellationToken);
            }

            AcceptedBatch? batch = key is not FactDigest known ? null : new AcceptedBatch(
                deployment, TrafficKind.Rows, known, content, fresh.Length, repeated, conflicts, Microseconds.Truncate(clock.GetUtcNow()));
            if ((chunks.Count == 0 && batch is null)
                || await commit.RunAsync(deployment, after, chunks, batch, cancellationToken) == CommitResult.Committed)
            {
                seat.Layout = layout;
                seat.Committed(chunks.Count);
                return new IngestOutcome(fresh.Length, repeated, conflicts, false);
            }
        }
        catch
        {
            seats.Forget(deployment); // whether the commit came is not known: the chunks say so
            throw;
        }

        seat.Rows.Remove(fresh.Select(row => rows.Prints.Ids[row]));
        commit.Discard(chunks.SelectMany(chunk => (StoredArtifact?[])[chunk.Raw, chunk.Summary]).OfType<StoredArtifact>().Select(file => file.Digest));
        return null;
    }

    // Rows whose ids are new go into the index at once; those of one id twice in the batch are told apart as well.
    private static (int[] Fresh, int Repeated, int Conflicts) Sift(RowIndex index, RowPrints prints)
    {
        List<int> fresh = new(prints.Ids.Length);
        int repeated = 0;
        int conflicts = 0;
        for (int row = 0; row < prints.Ids.Length; row++)
        {
            if (index.TryAdd(prints.Ids[row], prints.Contents[row], out bool same))
            {
                fresh.Add(row);
            }
            else if (same)
            {
                repeated++;
            }
            else
            {
                conflicts++;
            }
        }

        return ([.. fresh], repeated, conflicts);
    }
}
