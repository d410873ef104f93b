using Governance.Audit.Statistics;

namespace Governance.Audit.Comparisons;

/// <summary>The difference of two shares of the same rows.</summary>
internal static class PairedShare
{
    /// <summary>The interval of (gained − lost) / rows, by Bonett and Price (2012): one row is added to each discordant count.</summary>
    /// <param name="gained">Rows that only the second counts.</param>
    /// <param name="lost">Rows that only the first counts.</param>
    /// <param name="rows">All rows, above 0.</param>
    /// <param name="level">The confidence level, above 0 and below 1.</param>
    /// <remarks>Bonett and Price, "Adjusted Wald confidence interval for a difference of binomial proportions based on paired data", JEBS 37, 479–488.</remarks>
    public static Interval Interval(int gained, int lost, int rows, double level)
    {
        double n = rows + 2;
        double more = (gained + 1) / n;
        double fewer = (lost + 1) / n;
        double centre = more - fewer;
        double half = NormalQuantile.TwoSided(level) * Math.Sqrt((more + fewer - (centre * centre)) / n);
        return new Interval(Math.Max(-1, centre - half), Math.Min(1, centre + half));
    }
}
