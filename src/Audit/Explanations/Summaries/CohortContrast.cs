using Governance.Audit.Statistics;

namespace Governance.Audit.Explanations.Summaries;

/// <summary>How much more a player moves the output in a cohort than in the other rows.</summary>
/// <param name="Feature">The player.</param>
/// <param name="Inside">Mean |attribution| in the cohort.</param>
/// <param name="InsideInterval">[low, high] of that mean alone; NaN with fewer than two rows.</param>
/// <param name="Outside">Mean |attribution| of the other rows.</param>
/// <param name="OutsideInterval">[low, high] of that mean alone.</param>
/// <param name="Difference">Inside less outside.</param>
/// <param name="Interval">[low, high] of the difference, of all players together at the level; NaN where either side has fewer than two rows.</param>
public sealed record ContrastedFeature(
    string Feature, double Inside, IReadOnlyList<double> InsideInterval, double Outside, IReadOnlyList<double> OutsideInterval,
    double Difference, IReadOnlyList<double> Interval)
{
    /// <summary>Whether the interval of the difference leaves out zero.</summary>
    public bool Told => Interval[0] > 0 || Interval[1] < 0;
}

/// <summary>Compares mean |attribution| in a cohort with that of the other rows.</summary>
/// <remarks>
/// Welch's interval for two means of unequal variances (Welch, Biometrika 34, 1947). The differences of all players hold
/// together: each is at 1 − (1 − level) / players (Bonferroni), so that naming the largest of many is honest.
/// </remarks>
public static class CohortContrast
{
    /// <summary>Compares.</summary>
    /// <param name="inside">The cohort's rows; at least one.</param>
    /// <param name="outside">The other rows, of the same players; at least one.</param>
    /// <param name="level">In (0, 1), such as 0.95.</param>
    /// <returns>The players, the largest difference without its sign first.</returns>
    /// <exception cref="ArgumentException">A side has no row, the players differ, or the level is outside its range.</exception>
    public static IReadOnlyList<ContrastedFeature> Of(AttributionMatrix inside, AttributionMatrix outside, double level)
    {
        ArgumentNullException.ThrowIfNull(inside);
        ArgumentNullException.ThrowIfNull(outside);
        NormalQuantile.ThrowIfNoLevel(level);
        if (inside.Count == 0 || outside.Count == 0 || !inside.Features.SequenceEqual(outside.Features))
        {
            throw new ArgumentException("A contrast needs rows of the same players on both sides.", nameof(outside));
        }

        MeanEstimate[] within = Means(inside);
        MeanEstimate[] beyond = Means(outside);
        double together = 1 - ((1 - level) / inside.Width);
        return
        [
            .. Enumerable.Range(0, inside.Width).Select(feature =>
            {
                MeanEstimate a = within[feature];
                MeanEstimate b = beyond[feature];
                double difference = a.Value - b.Value;
                double half = HalfWidth(a, inside.Count, b, outside.Count, together);
                return new ContrastedFeature(
                    inside.Features[feature], a.Value, Own(a, inside.Count, level), b.Value, Own(b, outside.Count, level),
                    difference, [difference - half, difference + half]);
            }).OrderByDescending(feature => Math.Abs(feature.Difference)),
        ];
    }

    private static MeanEstimate[] Means(AttributionMatrix attributions)
    {
        MeanEstimate[] means = new MeanEstimate[attributions.Width];
        for (int row = 0; row < attributions.Count; row++)
        {
            ReadOnlySpan<double> values = attributions[row];
            for (int feature = 0; feature < means.Length; feature++)
            {
                means[feature].Add(Math.Abs(values[feature]), 1);
            }
        }

        return means;
    }

    private static double[] Own(MeanEstimate mean, int rows, double level)
    {
        double half = rows < 2 ? double.NaN : mean.StandardError * StudentQuantile.At(rows - 1, 0.5 + (level / 2));
        return [Math.Max(0, mean.Value - half), mean.Value + half];
    }

    private static double HalfWidth(MeanEstimate a, int rowsOfA, MeanEstimate b, int rowsOfB, double level)
    {
        if (rowsOfA < 2 || rowsOfB < 2)
        {
            return double.NaN;
        }

        double varianceOfA = a.StandardError * a.StandardError;
        double varianceOfB = b.StandardError * b.StandardError;
        double sum = varianceOfA + varianceOfB;
        if (sum == 0)
        {
            return 0;
        }

        // Satterthwaite's degrees of freedom.
        double freedom = sum * sum / ((varianceOfA * varianceOfA / (rowsOfA - 1)) + (varianceOfB * varianceOfB / (rowsOfB - 1)));
        return Math.Sqrt(sum) * StudentQuantile.At(freedom, 0.5 + (level / 2));
    }
}
