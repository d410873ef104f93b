using Governance.Audit.Inference;

namespace Governance.Audit.Explanations;

/// <summary>The rows that stand for "not known", ready for games about any number of rows. Never changed once made.</summary>
public sealed class MaskedBackground
{
    private readonly int[] codes;
    private readonly double[] weights;

    /// <summary>Prepares a background.</summary>
    /// <param name="rows">At least one row, encoded as the model reads it.</param>
    /// <param name="weights">Shape [rows], at least 0 with a sum above 0; null for equal weights. They need not sum to 1.</param>
    /// <param name="players">At least one; every element of the batch belongs to exactly one.</param>
    /// <exception cref="ArgumentException">Weights or players do not fit the rows.</exception>
    public MaskedBackground(InputBatch rows, IReadOnlyList<double>? weights, IReadOnlyList<Player> players)
    {
        Rows = rows;
        Players = players;
        this.weights = Normalised(weights, rows.Rows);
        CheckCover(rows, players);
        codes = Codes(rows, players);
    }

    /// <summary>The rows.</summary>
    public InputBatch Rows { get; }

    /// <summary>The players, in the order of every value array.</summary>
    public IReadOnlyList<Player> Players { get; }

    /// <summary>Shape [rows]; adds up to 1.</summary>
    public ReadOnlySpan<double> Weights => weights;

    /// <summary>A number that two background rows share exactly where they agree in all elements of the player.</summary>
    internal int Code(int row, int player) => codes[(row * Players.Count) + player];

    /// <summary>The weighted mean output over the background: the value of the empty coalition.</summary>
    /// <param name="model">The model.</param>
    /// <param name="outputs">Outputs a row.</param>
    /// <param name="threads">At least 1; does not change the result.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>Shape [outputs].</returns>
    public double[] BaseValue(CountedModel model, int outputs, int threads, CancellationToken cancellationToken)
    {
        double[] scores = model.Score(
            Rows.Rows, outputs, RowBytes(Rows), (start, count) => Rows.Slice(start, count), threads, cancellationToken);
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

    /// <summary>Managed bytes of one row, text counted as its reference.</summary>
    internal static int RowBytes(InputBatch rows) =>
        rows.Tensors.Sum(tensor => tensor.Width * (tensor.Kind is TensorKind.Boolean ? 1 : tensor.Kind is TensorKind.Float or TensorKind.Int32 ? 4 : 8));

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

    // Distinct contents are numbered by interning element after element: equal numbers mean equal contents, always.
    private static int[] Codes(InputBatch rows, IReadOnlyList<Player> players)
    {
        int[] codes = new int[rows.Rows * players.Count];
        Dictionary<string, long> texts = new(StringComparer.Ordinal);
        for (int player = 0; player < players.Count; player++)
        {
            Dictionary<(int, long), int> known = [];
            for (int row = 0; row < rows.Rows; row++)
            {
                int code = 0;
                foreach (PlayerElement element in players[player].Elements)
                {
                    (int, long) key = (code, ElementBits.Of(rows.Tensors[element.Tensor], row, element.Offset, texts));
                    if (!known.TryGetValue(key, out code))
                    {
                        code = known.Count + 1;
                        known.Add(key, code);
                    }
                }

                codes[(row * players.Count) + player] = code;
            }
        }

        return codes;
    }
}
