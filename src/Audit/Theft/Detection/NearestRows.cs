using System.Numerics.Tensors;

namespace Governance.Audit.Theft.Detection;

/// <summary>Distances from a row to rows kept in memory, by looking at all of them.</summary>
/// <remarks>
/// O(rows · size). No index: whitened rows have tens of dimensions, where trees look at nearly all rows anyway, and a
/// pass over 1,500 rows of 64 floats takes tens of microseconds.
/// </remarks>
internal static class NearestRows
{
    /// <summary>The mean Euclidean distance to the 3 nearest rows.</summary>
    /// <param name="row">Shape [size].</param>
    /// <param name="rows">Shape [rows, size], at least 3 rows.</param>
    public static double MeanOfThree(ReadOnlySpan<float> row, ReadOnlySpan<float> rows)
    {
        (float first, float second, float third) = (float.PositiveInfinity, float.PositiveInfinity, float.PositiveInfinity);
        for (int start = 0; start < rows.Length; start += row.Length)
        {
            float distance = TensorPrimitives.Distance(row, rows.Slice(start, row.Length));
            if (distance < third)
            {
                (first, second, third) = distance < first ? (distance, first, second)
                    : distance < second ? (first, distance, second)
                    : (first, second, distance);
            }
        }

        return ((double)first + second + third) / 3;
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
    public static double Nearness(
        ReadOnlySpan<float> row, ReadOnlySpan<float> raw, ReadOnlySpan<float> other, ReadOnlySpan<float> otherRaw, double enough)
    {
        double distance = TensorPrimitives.Distance(row, other);
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
}
