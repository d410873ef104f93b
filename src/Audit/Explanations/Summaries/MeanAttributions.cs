using Governance.Audit.Statistics;
using MathNet.Numerics.Distributions;

namespace Governance.Audit.Explanations.Summaries;

/// <summary>Mean |attribution| of each player over many rows, and how firm the order is, in closed form.</summary>
/// <remarks>
/// The mean of thousands of bounded numbers is normal to within what a plot can show (central limit theorem), so drawing
/// rows again and again would cost seconds and say the same. The order of two neighbours is judged by their paired
/// difference over the same rows. It speaks of the choice of rows, not of the error of sampled attributions.
/// </remarks>
public static class MeanAttributions
{
    /// <summary>Below this many rows the normal approximation is not good enough: resample instead.</summary>
    public const int LeastRows = 1_000;

    /// <summary>The players, largest mean first, with normal intervals; ties in the order of the block. O(rows · features).</summary>
    /// <param name="attributions">At least two rows.</param>
    /// <param name="level">In (0, 1), such as 0.95.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer rows, or the level is outside its range.</exception>
    public static IReadOnlyList<FeatureImportance> Of(AttributionMatrix attributions, double level)
    {
        ArgumentNullException.ThrowIfNull(attributions);
        ArgumentOutOfRangeException.ThrowIfLessThan(attributions.Count, 2, nameof(attributions));
        double z = NormalQuantile.TwoSided(level);
        MeanEstimate[] means = new MeanEstimate[attributions.Width];
        for (int row = 0; row < attributions.Count; row++)
        {
            ReadOnlySpan<double> values = attributions[row];
            for (int feature = 0; feature < means.Length; feature++)
            {
                means[feature].Add(Math.Abs(values[feature]), 1);
            }
        }

        int[] order = [.. Enumerable.Range(0, means.Length).OrderByDescending(feature => means[feature].Value)];
        return
        [
            .. order.Select((feature, i) => new FeatureImportance(
                attributions.Features[feature], means[feature].Value,
                [Math.Max(0, means[feature].Value - (z * means[feature].StandardError)), means[feature].Value + (z * means[feature].StandardError)],
                i + 1)),
        ];
    }

    /// <summary>With which probability each player stays ahead of the next when other rows of the same kind are drawn.</summary>
    /// <param name="attributions">At least two rows.</param>
    /// <param name="order">The players' names, the largest mean first; each one of the block's.</param>
    /// <returns>Shape [order.Count − 1], in [0, 1]; 0.5 where two are alike in every row.</returns>
    /// <exception cref="ArgumentException">A name is not among the players, or there are fewer rows.</exception>
    public static double[] AheadOfNext(AttributionMatrix attributions, IReadOnlyList<string> order)
    {
        ArgumentNullException.ThrowIfNull(attributions);
        ArgumentNullException.ThrowIfNull(order);
        ArgumentOutOfRangeException.ThrowIfLessThan(attributions.Count, 2, nameof(attributions));
        List<string> known = [.. attributions.Features];
        int[] place = [.. order.Select(name => known.IndexOf(name))];
        if (place.Any(at => at < 0))
        {
            throw new ArgumentException("The order names a player that the attributions lack.", nameof(order));
        }

        double[] ahead = new double[Math.Max(0, place.Length - 1)];
        for (int i = 0; i < ahead.Length; i++)
        {
            MeanEstimate lead = default;
            for (int row = 0; row < attributions.Count; row++)
            {
                ReadOnlySpan<double> values = attributions[row];
                lead.Add(Math.Abs(values[place[i]]) - Math.Abs(values[place[i + 1]]), 1);
            }

            ahead[i] = lead.StandardError > 0 ? Normal.CDF(0, 1, lead.Value / lead.StandardError)
                : lead.Value > 0 ? 1 : lead.Value < 0 ? 0 : 0.5;
        }

        return ahead;
    }
}
