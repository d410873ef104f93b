using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Governance.Audit.Explanations.Summaries;

/// <summary>A block of neighbouring rows in an order, as one column of a heat map.</summary>
/// <param name="Positions">Positions in the attributions, in order; at least one.</param>
/// <param name="Means">Shape [features]: mean attribution.</param>
/// <param name="Output">The mean output.</param>
/// <param name="Least">The smallest output.</param>
/// <param name="Most">The largest output.</param>
public sealed record InstanceBlock(IReadOnlyList<int> Positions, IReadOnlyList<double> Means, double Output, double Least, double Most);

/// <summary>Orders rows so that a heat map of their attributions shows patterns, and cuts the order into blocks.</summary>
public static class InstanceOrder
{
    // Beyond the most important players a row's pattern hardly changes, and the eigenvectors cost the cube of their number.
    private const int MostFeatures = 100;

    /// <summary>The lowest output first; ties by row.</summary>
    /// <param name="attributions">The rows.</param>
    /// <returns>Shape [rows]: positions.</returns>
    public static int[] ByOutput(AttributionMatrix attributions)
    {
        ArgumentNullException.ThrowIfNull(attributions);
        double[] outputs = attributions.Outputs.ToArray();
        int[] rows = attributions.Rows.ToArray();
        int[] order = [.. Enumerable.Range(0, rows.Length)];
        Array.Sort(order, (a, b) => outputs[a] != outputs[b] ? outputs[a].CompareTo(outputs[b]) : rows[a].CompareTo(rows[b]));
        return order;
    }

    /// <summary>Rows of like attributions side by side.</summary>
    /// <remarks>
    /// The angle of each row in the plane of the first two principal components, begun behind the widest gap: Friendly,
    /// "Corrgrams", The American Statistician 56, 2002, section 3, of rows instead of variables. O(rows · features²).
    /// </remarks>
    /// <param name="attributions">The rows.</param>
    /// <returns>Shape [rows]: positions; by output where all rows are alike.</returns>
    public static int[] BySimilarity(AttributionMatrix attributions)
    {
        ArgumentNullException.ThrowIfNull(attributions);
        int[] used = Largest(attributions);
        if (attributions.Count < 3 || used.Length == 0)
        {
            return ByOutput(attributions);
        }

        double[] mean = new double[used.Length];
        Matrix<double> spread = Spread(attributions, used, mean);
        Evd<double> parts = spread.Evd(Symmetricity.Symmetric);
        Vector<double> first = Signed(parts.EigenVectors.Column(used.Length - 1));
        Vector<double>? second = used.Length > 1 ? Signed(parts.EigenVectors.Column(used.Length - 2)) : null;
        double[] angles = new double[attributions.Count];
        for (int row = 0; row < angles.Length; row++)
        {
            ReadOnlySpan<double> values = attributions[row];
            double across = 0;
            double up = 0;
            for (int i = 0; i < used.Length; i++)
            {
                double away = values[used[i]] - mean[i];
                across += away * first[i];
                up += second is null ? 0 : away * second[i];
            }

            angles[row] = second is null ? across : Math.Atan2(up, across);
        }

        int[] rows = attributions.Rows.ToArray();
        int[] order = [.. Enumerable.Range(0, rows.Length)];
        Array.Sort(order, (a, b) => angles[a] != angles[b] ? angles[a].CompareTo(angles[b]) : rows[a].CompareTo(rows[b]));
        return second is null ? order : FromWidestGap(order, angles);
    }

    /// <summary>Cuts an order into blocks whose sizes differ by one at most.</summary>
    /// <param name="attributions">The rows.</param>
    /// <param name="order">Positions.</param>
    /// <param name="most">How many blocks at most, at least 1.</param>
    public static IReadOnlyList<InstanceBlock> Blocks(AttributionMatrix attributions, IReadOnlyList<int> order, int most)
    {
        ArgumentNullException.ThrowIfNull(attributions);
        ArgumentNullException.ThrowIfNull(order);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        int blocks = Math.Min(most, order.Count);
        return
        [
            .. Enumerable.Range(0, blocks).Select(block =>
            {
                int from = (int)((long)block * order.Count / blocks);
                int to = (int)((long)(block + 1) * order.Count / blocks);
                return Block(attributions, [.. order.Skip(from).Take(to - from)]);
            }),
        ];
    }

    private static InstanceBlock Block(AttributionMatrix attributions, int[] positions)
    {
        double[] means = new double[attributions.Width];
        double[] outputs = new double[positions.Length];
        for (int i = 0; i < positions.Length; i++)
        {
            outputs[i] = attributions.Outputs[positions[i]];
            ReadOnlySpan<double> values = attributions[positions[i]];
            for (int feature = 0; feature < means.Length; feature++)
            {
                means[feature] += values[feature] / positions.Length;
            }
        }

        return new InstanceBlock(positions, means, outputs.Average(), outputs.Min(), outputs.Max());
    }

    private static int[] Largest(AttributionMatrix attributions)
    {
        double[] size = new double[attributions.Width];
        for (int row = 0; row < attributions.Count; row++)
        {
            ReadOnlySpan<double> values = attributions[row];
            for (int feature = 0; feature < size.Length; feature++)
            {
                size[feature] += Math.Abs(values[feature]);
            }
        }

        return [.. Enumerable.Range(0, size.Length).Where(feature => size[feature] > 0).OrderByDescending(feature => size[feature]).Take(MostFeatures)];
    }

    private static Matrix<double> Spread(AttributionMatrix attributions, int[] used, double[] mean)
    {
        for (int row = 0; row < attributions.Count; row++)
        {
            ReadOnlySpan<double> values = attributions[row];
            for (int i = 0; i < used.Length; i++)
            {
                mean[i] += values[used[i]] / attributions.Count;
            }
        }

        double[] sums = new double[used.Length * used.Length];
        double[] away = new double[used.Length];
        for (int row = 0; row < attributions.Count; row++)
        {
            ReadOnlySpan<double> values = attributions[row];
            for (int i = 0; i < used.Length; i++)
            {
                away[i] = values[used[i]] - mean[i];
                for (int j = 0; j <= i; j++)
                {
                    sums[(i * used.Length) + j] += away[i] * away[j];
                }
            }
        }

        return Matrix<double>.Build.Dense(used.Length, used.Length, (i, j) => sums[(Math.Max(i, j) * used.Length) + Math.Min(i, j)]);
    }

    // An eigenvector and its negative are one: the larger end points up, so that the same rows give the same order.
    private static Vector<double> Signed(Vector<double> vector)
    {
        double end = vector.OrderByDescending(Math.Abs).First();
        return end < 0 ? -vector : vector;
    }

    private static int[] FromWidestGap(int[] order, double[] angles)
    {
        int start = 0;
        double widest = angles[order[0]] + (2 * Math.PI) - angles[order[^1]];
        for (int i = 1; i < order.Length; i++)
        {
            double gap = angles[order[i]] - angles[order[i - 1]];
            if (gap > widest)
            {
                (start, widest) = (i, gap);
            }
        }

        return [.. order[start..], .. order[..start]];
    }
}
