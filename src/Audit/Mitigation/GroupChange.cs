using Governance.Audit.Statistics;

namespace Governance.Audit.Mitigation;

/// <summary>What changes for one group in one rate when the same rows are decided anew.</summary>
/// <param name="Group">The group; empty for all rows.</param>
/// <param name="Metric">selection_rate, tpr, fpr or accuracy.</param>
/// <param name="Count">The rows that the rate is taken of.</param>
/// <param name="Before">The rate before; null where undefined.</param>
/// <param name="After">The rate after; null where undefined.</param>
/// <param name="Difference">After − before; null where undefined.</param>
/// <param name="Interval">[low, high] of the difference; null where undefined.</param>
public sealed record GroupChange(
    string Group, string Metric, int Count, double? Before, double? After, double? Difference, IReadOnlyList<double>? Interval)
{
    /// <summary>Compares two decisions of the same rows.</summary>
    /// <param name="group">The group's name.</param>
    /// <param name="metric">The rate's name.</param>
    /// <param name="before">Shape [rows]: whether the row counts in the rate before.</param>
    /// <param name="after">Shape [rows]: whether it does after.</param>
    /// <param name="weights">Shape [rows], at least 0; empty for 1 each.</param>
    /// <param name="level">The confidence level.</param>
    internal static GroupChange Of(
        string group, string metric, ReadOnlySpan<bool> before, ReadOnlySpan<bool> after, ReadOnlySpan<double> weights, double level)
    {
        double all = 0;
        double squared = 0;
        double had = 0;
        double lost = 0;
        double gained = 0;
        for (int row = 0; row < before.Length; row++)
        {
            double weight = weights.IsEmpty ? 1 : weights[row];
            all += weight;
            squared += weight * weight;
            had += before[row] ? weight : 0;
            lost += before[row] && !after[row] ? weight : 0;
            gained += after[row] && !before[row] ? weight : 0;
        }

        if (!(all > 0))
        {
            return new GroupChange(group, metric, before.Length, null, null, null, null);
        }

        Interval interval = PairedProportions.Interval(gained / all, lost / all, all * all / squared, level);
        return new GroupChange(
            group, metric, before.Length, had / all, (had - lost + gained) / all, (gained - lost) / all, interval.ToArray());
    }
}

/// <summary>The difference of two proportions of the same rows.</summary>
/// <remarks>
/// Bonett and Price, "Adjusted Wald confidence interval for a difference of binomial proportions based on paired data",
/// Journal of Educational and Behavioral Statistics 37, 2012: one row is added to each kind of change, so that no change at
/// all still has an interval.
/// </remarks>
public static class PairedProportions
{
    /// <summary>The interval of <paramref name="gained"/> − <paramref name="lost"/>.</summary>
    /// <param name="gained">The share of rows that count after and did not before, in [0, 1].</param>
    /// <param name="lost">The share of rows that counted before and do not after, in [0, 1].</param>
    /// <param name="count">The rows, above 0; of weighted rows the effective number.</param>
    /// <param name="level">The confidence level, above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is not above 0.</exception>
    public static Interval Interval(double gained, double lost, double count, double level)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        double up = ((gained * count) + 1) / (count + 2);
        double down = ((lost * count) + 1) / (count + 2);
        double difference = up - down;
        double spread = NormalQuantile.TwoSided(level) * Math.Sqrt((up + down - (difference * difference)) / (count + 2));
        return new Interval(Math.Max(-1, difference - spread), Math.Min(1, difference + spread));
    }
}
