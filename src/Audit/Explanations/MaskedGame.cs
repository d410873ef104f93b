using Governance.Audit.Explanations.Fusion;
using Governance.Audit.Explanations.Sampling;
using Governance.Audit.Inference;

namespace Governance.Audit.Explanations;

/// <summary>
/// The game of one row: a coalition is worth the mean output where its players keep the row's values and all others
/// take those of a background row, v(S) = Σ w_b f(x_S, b_~S).
/// </summary>
/// <remarks>
/// Of the coalitions × background rows, only different masked rows reach the model: where the row and a background row
/// agree, a player makes no difference (on Adult, 12 features and 100 background rows, 8,800 of 409,600 are left).
/// Masked rows are compared within blocks whose bookkeeping and outputs take at most <see cref="BlockBytes"/>; the
/// rows themselves exist one batch at a time. Sums run over background rows in their order, so that neither blocks nor
/// threads change a bit of the result.
/// </remarks>
public sealed class MaskedGame
{
    /// <summary>The most memory of a block.</summary>
    public const int BlockBytes = 64 << 20;

    private readonly MaskedBackground background;
    private readonly CountedModel model;
    private readonly double[] empty;
    private readonly InputBatch row;
    private readonly DifferingPlayers differing;
    private readonly RowMasker masker;

    /// <summary>Makes the game of a row.</summary>
    /// <param name="background">The reference rows and the players.</param>
    /// <param name="row">Exactly one row, of the same inputs.</param>
    /// <param name="model">The model.</param>
    /// <param name="empty">Shape [outputs]: the value of the empty coalition, <see cref="MaskedBackground.BaseValue"/>.</param>
    /// <param name="cancellationToken">Ends the scoring of the row.</param>
    /// <exception cref="ArgumentException"><paramref name="row"/> is not one row of the same inputs.</exception>
    public MaskedGame(
        MaskedBackground background, InputBatch row, CountedModel model, double[] empty, CancellationToken cancellationToken)
    {
        if (row.Rows != 1 || row.Tensors.Count != background.Rows.Tensors.Count
            || row.Tensors.Zip(background.Rows.Tensors).Any(pair => pair.First.Kind != pair.Second.Kind || pair.First.Width != pair.Second.Width))
        {
            throw new ArgumentException("Expected one row of the background's inputs.", nameof(row));
        }

        this.background = background;
        this.model = model;
        this.empty = empty;
        this.row = row;
        differing = new DifferingPlayers(background, row);
        masker = background.Masker;
        Full = model.Score(1, empty.Length, masker.RowBytes, (_, _) => row, 1, cancellationToken);
    }

    /// <summary>Shape [outputs]: the value of the full coalition, the model's output for the row.</summary>
    public ReadOnlyMemory<double> Full { get; }

    /// <summary>The model that masks rows itself; null where masked rows are sent to it.</summary>
    internal FusedModel? Fused { get; init; }

    /// <summary>Values coalitions.</summary>
    /// <param name="coalitions">Of the background's players.</param>
    /// <param name="threads">At least 1; does not change the result.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>Shape [coalitions, outputs].</returns>
    public double[] Value(CoalitionSet coalitions, int threads, CancellationToken cancellationToken)
    {
        int outputs = empty.Length;
        if (Fused is not null)
        {
            double[] means = new EvaluatedCoalitions(some => Fused.Means(row, some, model, threads, cancellationToken), outputs).Values(differing.WithIdle(coalitions));
            Settle(coalitions, means);
            return means;
        }

        double[] values = new double[(long)coalitions.Count * outputs];

        int pairs = MostPairs(outputs);
        MaskedBlock block = background.Blocks.TryTake(out MaskedBlock? used) ? used : new MaskedBlock(background);
        block.Turn(coalitions, differing.Bits);
        for (int first = 0; first < coalitions.Count; first += pairs)
        {
            int count = Math.Min(pairs, coalitions.Count - first);
            int rowsAtOnce = Math.Max(1, pairs / count);
            for (int from = 0; from < background.Rows.Rows; from += rowsAtOnce)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int to = Math.Min(from + rowsAtOnce, background.Rows.Rows);
                block.Gather(first, count, from, to);
                double[] scores = block.Scores(block.Count * outputs);
                model.Score(
                    scores, block.Count, outputs, masker.RowBytes, (start, length) => masker.Make(row, block, start, length), masker.Return,
                    threads, cancellationToken);
                Add(values.AsSpan(first * outputs, count * outputs), block, scores, from, to);
            }
        }

        background.Blocks.Add(block);
        Settle(coalitions, values);
        return values;
    }

    /// <summary>The different masked rows that valuing these coalitions would send to the model.</summary>
    /// <param name="coalitions">Of the background's players.</param>
    public long CountRows(CoalitionSet coalitions) => CountRows(background, row, Fused, coalitions);

    /// <summary>The different masked rows that valuing these coalitions would send to the model, or make there.</summary>
    /// <param name="background">The reference rows and the players.</param>
    /// <param name="row">Exactly one row.</param>
    /// <param name="fused">The model that masks rows itself, or null.</param>
    /// <param name="coalitions">Of those players.</param>
    internal static long CountRows(MaskedBackground background, InputBatch row, FusedModel? fused, CoalitionSet coalitions)
    {
        if (fused is not null)
        {
            EvaluatedCoalitions different = new(some => new double[some.Count], 1);
            different.Values(new DifferingPlayers(background, row).WithIdle(coalitions));
            return (long)different.Count * fused.BackgroundRows;
        }

        MaskedBlock block = background.Blocks.TryTake(out MaskedBlock? used) ? used : new MaskedBlock(background);
        block.Turn(coalitions, new DifferingPlayers(background, row).Bits);
        int pairs = MostPairs(1);
        long count = 0;
        for (int first = 0; first < coalitions.Count; first += pairs)
        {
            int some = Math.Min(pairs, coalitions.Count - first);
            int rowsAtOnce = Math.Max(1, pairs / some);
            for (int from = 0; from < background.Rows.Rows; from += rowsAtOnce)
            {
                block.Gather(first, some, from, Math.Min(from + rowsAtOnce, background.Rows.Rows));
                count += block.Count;
            }
        }

        background.Blocks.Add(block);
        return count;
    }

    // The most pairs whose bookkeeping and outputs fit a block.
    private static int MostPairs(int outputs)
    {
        int pairs = 1 << 22;
        while (pairs > 1 && MaskedBlock.Bytes(pairs) + (8L * outputs * pairs) > BlockBytes)
        {
            pairs >>= 1;
        }

        return pairs;
    }

    private void Add(Span<double> values, MaskedBlock block, double[] scores, int from, int to)
    {
        int outputs = empty.Length;
        int count = values.Length / outputs;
        for (int row = from; row < to; row++)
        {
            double weight = background.Weights[row];
            ReadOnlySpan<int> slots = block.Slots((row - from) * count, count);
            for (int coalition = 0; coalition < count; coalition++)
            {
                int slot = slots[coalition];
                for (int output = 0; slot >= 0 && output < outputs; output++)
                {
                    values[(coalition * outputs) + output] += weight * scores[(slot * outputs) + output];
                }
            }
        }
    }

    // The two ends are known already; taking them from one place makes values add up without a residual.
    private void Settle(CoalitionSet coalitions, double[] values)
    {
        int outputs = empty.Length;
        for (int coalition = 0; coalition < coalitions.Count; coalition++)
        {
            int size = coalitions.Size(coalition);
            if (size == 0)
            {
                empty.CopyTo(values, coalition * outputs);
            }
            else if (size == coalitions.Players)
            {
                Full.CopyTo(values.AsMemory(coalition * outputs));
            }
        }
    }
}
