using Governance.Audit.Statistics;

namespace Governance.Audit.Performance;

/// <summary>How far two metrics of the same rows can lie apart by chance.</summary>
/// <remarks>
/// The difference moves with each row by the difference of the row's influences; of areas under the ROC curve this is the
/// paired test of DeLong, DeLong and Clarke-Pearson (1988).
/// </remarks>
public static class PairedDifference
{
    /// <summary>The sampling variance of a difference.</summary>
    /// <param name="first">Shape [rows]: how much each row moves the first metric.</param>
    /// <param name="second">Shape [rows]: how much it moves the second.</param>
    /// <param name="weight">Shape [rows]; empty for 1 each.</param>
    /// <returns>NaN without weight.</returns>
    public static double Variance(ReadOnlySpan<double> first, ReadOnlySpan<double> second, ReadOnlySpan<double> weight)
    {
        double squares = 0;
        double total = 0;
        for (int row = 0; row < first.Length; row++)
        {
            double mass = weight.IsEmpty ? 1 : weight[row];
            double moved = mass * (first[row] - second[row]);
            squares += moved * moved;
            total += mass;
        }

        return squares / (total * total);
    }

    /// <summary>The normal interval of a difference; null where an influence is not known or the two never differ.</summary>
    /// <param name="difference">The estimate.</param>
    /// <param name="first">Shape [rows], or null where the metric has no influence in closed form.</param>
    /// <param name="second">Shape [rows], or null.</param>
    /// <param name="weight">Shape [rows]; empty for 1 each.</param>
    /// <param name="level">The confidence level, above 0 and below 1.</param>
    public static Interval? Interval(
        double difference, double[]? first, double[]? second, ReadOnlySpan<double> weight, double level) => first is null || second is null
            ? null
            : TransformedInterval.Plain(difference, Variance(first, second, weight), level);
}
