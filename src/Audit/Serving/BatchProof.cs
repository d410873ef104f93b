using Governance.Audit.Data;
using Governance.Audit.Inference;

namespace Governance.Audit.Serving;

/// <summary>Finds out by trial which batches give every row the same bytes, whatever place it has and whatever rows stand beside it.</summary>
/// <remarks>
/// The order in which a kernel sums follows from the shape of a batch and not from its numbers, so sizes that agree on these rows
/// agree on others of the same shape. What does depend on the company (scales taken over the whole batch, random numbers) shows at
/// once, because every row is tried beside different ones. The result depends on the model, the runtime and the kind of CPU alone:
/// the form of a single row is decided by batches of 1 to 4 rows, and time only limits how many larger ones are tried.
/// </remarks>
internal static class BatchProof
{
    /// <summary>The sizes that are tried beyond 4; between two of them at most a third of a run is filling.</summary>
    public static readonly IReadOnlyList<int> Larger = [6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256];

    /// <summary>How many different rows are wanted.</summary>
    public const int ProbeRows = 256;

    private static readonly int[] First = [1, 2, 3, 4];

    /// <summary>Tries.</summary>
    /// <param name="run">Runs a batch in one go; refuses as the model does.</param>
    /// <param name="probes">Different rows that the model takes; fewer than <see cref="ProbeRows"/> come round again.</param>
    /// <param name="limit">How long larger batches may be tried.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static BatchForm Find(
        Func<InputBatch, Prediction> run, InputBatch probes, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        try
        {
            int[] small = [.. Enumerable.Range(0, 4).Select(row => row % probes.Rows)];
            foreach (int least in (ReadOnlySpan<int>)[1, 2])
            {
                Dictionary<int, Prediction> known = [];
                if (First.Where(size => size >= least).All(size => Agrees(run, probes, small[..size], least, known)))
                {
                    return new BatchForm(least, Sizes(run, probes, least, known, () => time.GetElapsedTime(started) < limit, cancellationToken));
                }
            }
        }
        catch (InputException)
        {
            // the model takes one row at a time, or not these: then every row is run by itself
        }

        return BatchForm.Alone;
    }

    private static int[] Sizes(
        Func<InputBatch, Prediction> run, InputBatch probes, int least, Dictionary<int, Prediction> known, Func<bool> inTime,
        CancellationToken cancellationToken)
    {
        List<int> sizes = [.. First.Where(size => size >= least)];
        foreach (int size in Larger)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int[] rows = [.. Enumerable.Range(0, size).Select(row => row % probes.Rows)];
            if (!inTime() || !Agrees(run, probes, rows, least, known))
            {
                break;
            }

            sizes.Add(size);
        }

        return [.. sizes];
    }

    // In order and turned round: each row stands in two places, beside different rows.
    private static bool Agrees(
        Func<InputBatch, Prediction> run, InputBatch probes, int[] rows, int least, Dictionary<int, Prediction> known)
    {
        foreach (int[] order in (int[][])[rows, [.. rows.Reverse()]])
        {
            Prediction together = run(probes.Take(order));
            for (int place = 0; place < order.Length; place++)
            {
                if (!known.TryGetValue(order[place], out Prediction? alone))
                {
                    int row = order[place];
                    known[row] = alone = run(probes.Take([.. Enumerable.Repeat(row, least)])).Row(0);
                }

                if (!together.Row(place).SameBytes(alone))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
