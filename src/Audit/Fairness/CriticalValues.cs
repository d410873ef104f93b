using Governance.Audit.Statistics;

namespace Governance.Audit.Fairness;

/// <summary>The critical values at which all comparisons of a summary hold at once.</summary>
/// <remarks>
/// Bonferroni's: each of m comparisons at level 1 − α / m. With a bootstrap, the quantile of the largest standardised
/// deviation over all comparisons together, which knows that comparisons with a group in common hang together (the
/// max-t method; Westfall and Young 1993, chapter 2); never below the value of a single comparison, nor above Bonferroni's.
/// </remarks>
/// <param name="level">The confidence level.</param>
/// <param name="bootstrap">The resamples of the same groups, or null for Bonferroni's values.</param>
internal sealed class CriticalValues(double level, GroupBootstrap? bootstrap)
{
    /// <summary>The critical value for comparisons of these figures.</summary>
    /// <param name="comparisons">How many comparisons there are.</param>
    /// <param name="logarithmic">Whether ratios are compared.</param>
    /// <param name="metrics">The figures, at least one, whose summary is taken together.</param>
    public double Of(int comparisons, bool logarithmic, params string[] metrics)
    {
        double single = NormalQuantile.TwoSided(level);
        if (comparisons <= 1)
        {
            return single;
        }

        double all = NormalQuantile.TwoSided(1 - ((1 - level) / comparisons));
        return bootstrap?.LargestDeviation(metrics, logarithmic) is double largest ? Math.Clamp(largest, single, all) : all;
    }
}
