using System.Collections.Concurrent;
using System.Numerics;
using Governance.Audit.Inference;

namespace Governance.Audit.Explanations;

/// <summary>The rows that stand for "not known", ready for games about any number of rows. Never changed once made.</summary>
public sealed class MaskedBackground
{
    private readonly ContentCodes codes;
    private readonly double[] weights;

    /// <summary>Prepares a background.</summary>
    /// <param name="rows">At least one row, encoded as the model reads it.</param>
    /// <param name="weights">Shape [rows], at least 0 with a sum above 0; null for equal weights. They need not sum to 1.</param>
    /// <param name="players">At least one; every element of the batch belongs to exactly one.</param>
    /// <param name="cuts">Values that the model cannot tell apart count as agreeing; null where it may tell all apart.</param>
    /// <exception cref="ArgumentException">Weights or players do not fit the rows.</exception>
    public MaskedBackground(
        InputBatch rows, IReadOnlyList<double>? weights, IReadOnlyList<Player> players, TreeCuts? cuts = null)
    {
        Rows = rows;
        Players = players;
        this.weights = Normalised(weights, rows.Rows);
        CheckCover(rows, players);
        codes = new ContentCodes(rows, players, cuts);
        Marks = new ContentMarks(codes.All, players.Count);
        Masker = new RowMasker(this);
    }

    /// <summary>The rows.</summary>
    public InputBatch Rows { get; }

    /// <summary>The players, in the order of every value array.</summary>
    public IReadOnlyList<Player> Players { get; }

    /// <summary>Shape [rows]; adds up to 1.</summary>
    public ReadOnlySpan<double> Weights => weights;

    /// <summary>A number that two background rows share exactly where they agree in all elements of the player.</summary>
    internal int Code(int row, int player) => codes.All[(row * Players.Count) + player];

    /// <summary>For each player the number that a row shares with the background rows it agrees with, or 0 where with none.</summary>
    internal int[] Agreement(InputBatch row) => codes.Of(row);

    /// <summary>Whether two background rows agree in all of these players, a bit each.</summary>
    internal bool SameContent(int row, int other, ReadOnlySpan<ulong> players)
    {
        for (int word = 0; word < players.Length; word++)
        {
            for (ulong left = players[word]; left != 0; left &= left - 1)
            {
                int player = (64 * word) + BitOperations.TrailingZeroCount(left);
                if (Code(row, player) != Code(other, player))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Names of masked contents.</summary>
    internal ContentMarks Marks { get; }

    /// <summary>Writes masked rows; shared, so that its memory is used again.</summary>
    internal RowMasker Masker { get; }

    /// <summary>Blocks that nobody uses now.</summary>
    internal ConcurrentBag<MaskedBlock> Blocks { get; } = [];

    /// <summary>The model's output for each background row.</summary>
    /// <param name="model">The model.</param>
    /// <param name="outputs">Outputs a row.</param>
    /// <param name="threads">At least 1; does not change the result.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>Shape [rows, outputs].</returns>
    public double[] Scores(CountedModel model, int outputs, int threads, CancellationToken cancellationToken) =>
        model.Score(Rows.Rows, outputs, RowBytes(Rows), (start, count) => Rows.Slice(start, count), threads, cancellationToken);

    /// <summary>The weighted mean over the background: the value of the empty coalition.</summary>
    /// <param name="scores">Shape [rows, outputs].</param>
    /// <param name="outputs">Outputs a row.</param>
    /// <returns>Shape [outputs].</returns>
    public double[] Mean(ReadOnlySpan<double> scores, int outputs)
    {
        double[] mean = new double[outputs];
        for (int row = 0; row < Rows.Rows; row++)
        {
            for (int output = 0; output < outputs; output++)
            {
                mean[output] += weights[row] * scores[(row * outputs) + output];
            }
        }

        return mean;
    }

    /// <summary>The mean of <see cref="Scores"/>.</summary>
    /// <param name="model">The model.</param>
    /// <param name="outputs">Outputs a row.</param>
    /// <param name="threads">At least 1; does not change the result.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>Shape [outputs].</returns>
    public double[] BaseValue(CountedModel model, int outputs, int threads, CancellationToken cancellationToken) =>
        Mean(Scores(model, outputs, threads, cancellationToken), outputs);

    /// <summary>Managed bytes of one row, text counted as its reference.</summary>
    internal static int RowBytes(InputBatch rows) =>
        rows.Tensors.Sum(tensor => tensor.Width * tensor.Kind.Bytes());

    private static double[] Normalised(IReadOnlyList<double>? weights, int rows)
    {
        if (weights is null)
        {
            double[] equal = new double[rows];
            Array.Fill(equal, 1.0 / rows);
            return equal;
        }

        double total = weights.Sum();
        if (weights.Count != rows || weights.Any(weight => !(weight >= 0)) || !(total > 0) || double.IsInfinity(total))
        {
            throw new ArgumentException("Background weights must be numbers of at least 0, one a row, not all 0.", nameof(weights));
        }

        return [.. weights.Select(weight => weight / total)];
    }

    private static void CheckCover(InputBatch rows, IReadOnlyList<Player> players)
    {
        bool[][] covered = [.. rows.Tensors.Select(tensor => new bool[tensor.Width])];
        foreach (PlayerElement element in players.SelectMany(player => player.Elements))
        {
            if ((uint)element.Tensor >= (uint)covered.Length || (uint)element.Offset >= (uint)covered[element.Tensor].Length
                || covered[element.Tensor][element.Offset])
            {
                throw new ArgumentException($"Element {element} is of no tensor, or of two players.", nameof(players));
            }

            covered[element.Tensor][element.Offset] = true;
        }

        if (covered.Any(tensor => tensor.Contains(false)))
        {
            throw new ArgumentException("Every element of a row must belong to a player.", nameof(players));
        }
    }
}
