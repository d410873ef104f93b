using Governance.Audit.Statistics;

namespace Governance.Audit.Fairness;

/// <summary>Whether alike rows are predicted alike: one less the mean distance of a prediction to its neighbours' mean.</summary>
/// <remarks>
/// Zemel, Wu, Swersky, Pitassi and Dwork, "Learning Fair Representations", ICML 2013, section 4.2. The nearest rows are found by
/// comparing all with all, O(rows² · features), and a row is its own nearest one; of equally near rows the first count.
/// </remarks>
public static class Consistency
{
    /// <summary>The most rows compared; of more, so many are drawn.</summary>
    public const int MostRows = 3_000;

    /// <summary>Computes each row's distance from its neighbours.</summary>
    /// <param name="features">Shape [rows, features], row-major, finite.</param>
    /// <param name="predictions">Shape [rows].</param>
    /// <param name="neighbours">How many nearest rows, the row itself included; 1 to the number of rows.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <returns>Shape [rows]: |prediction − mean of the neighbours' predictions|.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static double[] Distances(
        ReadOnlySpan<float> features, ReadOnlySpan<double> predictions, int neighbours, CancellationToken cancellationToken)
    {
        int rows = predictions.Length;
        ArgumentOutOfRangeException.ThrowIfLessThan(neighbours, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(neighbours, rows);
        if (features.Length % rows != 0)
        {
            throw new ArgumentException("Features and predictions need equally many rows.", nameof(features));
        }

        int width = features.Length / rows;
        double[] nearest = new double[neighbours];
        int[] which = new int[neighbours];
        double[] distances = new double[rows];
        for (int row = 0; row < rows; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Array.Fill(nearest, double.PositiveInfinity);
            for (int other = 0; other < rows; other++)
            {
                // The row itself is at distance -1: nearer than any copy of it.
                double squared = other == row ? -1 : Squared(features.Slice(row * width, width), features.Slice(other * width, width), nearest[^1]);
                if (squared < nearest[^1])
                {
                    int at = neighbours - 1;
                    for (; at > 0 && nearest[at - 1] > squared; at--)
                    {
                        (nearest[at], which[at]) = (nearest[at - 1], which[at - 1]);
                    }

                    (nearest[at], which[at]) = (squared, other);
                }
            }

            double sum = 0;
            foreach (int other in which)
            {
                sum += predictions[other];
            }

            distances[row] = Math.Abs(predictions[row] - (sum / neighbours));
        }

        return distances;
    }

    /// <summary>Measures predictions.</summary>
    internal static ConsistencyReport Of(
        ReadOnlySpan<float> features, ReadOnlySpan<double> predictions, int neighbours, double level, int rowsOfAll, CancellationToken cancellationToken)
    {
        MeanEstimate mean = default;
        foreach (double distance in Distances(features, predictions, neighbours, cancellationToken))
        {
            mean.Add(distance, 1);
        }

        return new ConsistencyReport(
            1 - mean.Value, mean.Interval(level) is Interval known ? [1 - known.High, 1 - known.Low] : null, neighbours, predictions.Length, rowsOfAll);
    }

    // Stops once the sum is past the bound.
    private static double Squared(ReadOnlySpan<float> left, ReadOnlySpan<float> right, double bound)
    {
        double sum = 0;
        for (int i = 0; i < left.Length && sum < bound; i++)
        {
            double distance = left[i] - right[i];
            sum += distance * distance;
        }

        return sum;
    }
}

/// <summary>How alike the predictions of alike rows are.</summary>
/// <param name="Value">In [0, 1]; 1 where each row is predicted as its neighbours are.</param>
/// <param name="Interval">[low, high], approximate because rows are each other's neighbours; or null.</param>
/// <param name="Neighbours">How many nearest rows were looked at, the row itself included.</param>
/// <param name="Rows">The rows compared.</param>
/// <param name="Of">The rows they were drawn from.</param>
public sealed record ConsistencyReport(double Value, IReadOnlyList<double>? Interval, int Neighbours, int Rows, int Of);
