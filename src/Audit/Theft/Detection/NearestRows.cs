using System.Numerics;
using System.Runtime.CompilerServices;

namespace Governance.Audit.Theft.Detection;

/// <summary>Distances from a row to rows kept in memory, by looking at all of them.</summary>
/// <remarks>
/// O(rows · size). No index: whitened rows have tens of dimensions, where trees look at nearly all rows anyway. Every
/// answer passes here, also the first ones after a start: so loops are compiled with full optimisation at once, and call
/// nothing that the runtime would compile in steps.
/// </remarks>
internal static class NearestRows
{
    /// <summary>How far <see cref="Distances"/> may lie from the exact figure, relative: far above the rounding of its sums.</summary>
    public const double Slack = 1e-3;

    private const int MostOnStack = 2_048;

    /// <summary>The mean Euclidean distance to the 3 nearest rows.</summary>
    /// <param name="row">Shape [size].</param>
    /// <param name="columns">Shape [size, count], at least 3 rows: see <see cref="Columns"/>.</param>
    /// <remarks>
    /// Column by column, so that each step is one vectorised pass over all rows, however few dimensions they have.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double MeanOfThree(ReadOnlySpan<float> row, ReadOnlySpan<float> columns)
    {
        int count = columns.Length / row.Length;
        Span<float> squares = count <= MostOnStack ? stackalloc float[count] : new float[count];
        Squares(row, columns, squares);
        (float first, float second, float third) = (float.PositiveInfinity, float.PositiveInfinity, float.PositiveInfinity);
        foreach (float square in squares)
        {
            if (square < third)
            {
                (first, second, third) = square < first ? (square, first, second)
                    : square < second ? (first, square, second)
                    : (first, second, square);
            }
        }

        return (Math.Sqrt(first) + Math.Sqrt(second) + Math.Sqrt(third)) / 3;
    }

    /// <summary>The Euclidean distances to all rows, within <see cref="Slack"/> of what <see cref="Nearness"/> finds.</summary>
    /// <param name="row">Shape [size].</param>
    /// <param name="columns">Shape [size, count].</param>
    /// <param name="distances">Shape [count], overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Distances(ReadOnlySpan<float> row, ReadOnlySpan<float> columns, Span<float> distances)
    {
        Squares(row, columns, distances);
        int at = 0;
        for (; at <= distances.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            Vector.SquareRoot(new Vector<float>(distances[at..])).CopyTo(distances[at..]);
        }

        for (; at < distances.Length; at++)
        {
            distances[at] = MathF.Sqrt(distances[at]);
        }
    }

    /// <summary>Rows turned on their side: shape [size, count] from [count, size].</summary>
    /// <param name="rows">Shape [count, size].</param>
    /// <param name="size">At least 1.</param>
    public static float[] Columns(ReadOnlySpan<float> rows, int size)
    {
        int count = rows.Length / size;
        float[] columns = new float[rows.Length];
        for (int row = 0; row < count; row++)
        {
            for (int i = 0; i < size; i++)
            {
                columns[(i * count) + row] = rows[(row * size) + i];
            }
        }

        return columns;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Squares(ReadOnlySpan<float> row, ReadOnlySpan<float> columns, Span<float> squares)
    {
        squares.Clear();
        for (int i = 0; i < row.Length; i++)
        {
            ReadOnlySpan<float> column = columns.Slice(i * squares.Length, squares.Length);
            Vector<float> here = new(row[i]);
            int at = 0;
            for (; at <= squares.Length - Vector<float>.Count; at += Vector<float>.Count)
            {
                Vector<float> step = new Vector<float>(column[at..]) - here;
                (new Vector<float>(squares[at..]) + (step * step)).CopyTo(squares[at..]);
            }

            for (; at < squares.Length; at++)
            {
                float step = column[at] - row[i];
                squares[at] += step * step;
            }
        }
    }

    /// <summary>How near one row is to another: the Euclidean distance times the number of features that differ.</summary>
    /// <remarks>
    /// So both habits of a search show: small steps in many features, and any step in one. Honest rows that happen to lie
    /// close differ in most of their numbers.
    /// </remarks>
    /// <param name="row">Shape [size]: whitened.</param>
    /// <param name="raw">Shape [width]: the row as it is.</param>
    /// <param name="other">Shape [size].</param>
    /// <param name="otherRaw">Shape [width].</param>
    /// <param name="enough">Beyond this the exact figure does not matter; any larger number is returned.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Nearness(
        ReadOnlySpan<float> row, ReadOnlySpan<float> raw, ReadOnlySpan<float> other, ReadOnlySpan<float> otherRaw, double enough)
    {
        double distance = Distance(row, other);
        if (distance >= enough)
        {
            return distance; // at least one feature differs
        }

        int differing = 0;
        for (int i = 0; i < raw.Length; i++)
        {
            differing += raw[i].Equals(otherRaw[i]) ? 0 : 1;
        }

        return distance * Math.Max(1, differing);
    }

    private static double Distance(ReadOnlySpan<float> row, ReadOnlySpan<float> other)
    {
        float squares = 0;
        for (int i = 0; i < row.Length; i++)
        {
            float step = row[i] - other[i];
            squares += step * step;
        }

        return Math.Sqrt(squares);
    }
}
