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

    /// <summary>The Euclidean distance to the nearest row; infinite without rows.</summary>
    /// <param name="row">Shape [size].</param>
    /// <param name="rows">Shape [rows, size].</param>
    public static double Nearest(ReadOnlySpan<float> row, ReadOnlySpan<float> rows)
    {
        float nearest = float.PositiveInfinity;
        for (int start = 0; start < rows.Length; start += row.Length)
        {
            nearest = Math.Min(nearest, TensorPrimitives.Distance(row, rows.Slice(start, row.Length)));
        }

        return nearest;
    }
}
