using Governance.Audit.Statistics;

namespace Governance.Audit.Theft.Gauge;

/// <summary>How alike two deciders decide, each decision of the first counting the same however rare it is.</summary>
/// <param name="Value">The mean over the first's decisions of the share that the second decides alike, in [0, 1].</param>
/// <param name="Interval">Of <paramref name="Value"/>.</param>
/// <param name="Plain">The share of all rows decided alike.</param>
/// <param name="Classes">Decisions that count: those of at least <see cref="LeastRows"/> rows, or all where there is one such at most.</param>
/// <remarks>
/// A copy that always gives the commonest answer agrees on 95 % of the rows where 5 % are decided otherwise, and has copied
/// nothing; balanced it has one half. The interval is MOVER's for a mean of independent shares: the squared distances of
/// Wilson's limits from each share add up (Donner and Zou, "Closed-form confidence intervals for functions of the normal mean
/// and standard deviation", Statistical Methods in Medical Research 21 (2012) 347–359, equation 4).
/// </remarks>
public readonly record struct BalancedAgreement(double Value, Interval Interval, double Plain, int Classes)
{
    /// <summary>The fewest rows by which a decision is counted.</summary>
    public const int LeastRows = 5;

    /// <summary>Compares.</summary>
    /// <param name="first">Shape [rows]: decisions, from 0; at least one row.</param>
    /// <param name="second">Shape [rows].</param>
    /// <param name="level">The confidence level, above 0 and below 1.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other, or there is no row.</exception>
    public static BalancedAgreement Of(ReadOnlySpan<int> first, ReadOnlySpan<int> second, double level)
    {
        ArgumentOutOfRangeException.ThrowIfZero(first.Length, nameof(first));
        ArgumentOutOfRangeException.ThrowIfNotEqual(second.Length, first.Length, nameof(second));
        Dictionary<int, (int Rows, int Alike)> counts = [];
        for (int row = 0; row < first.Length; row++)
        {
            (int rows, int alike) = counts.GetValueOrDefault(first[row]);
            counts[first[row]] = (rows + 1, alike + (first[row] == second[row] ? 1 : 0));
        }

        (int Rows, int Alike)[] counted = [.. counts.Values.Where(one => one.Rows >= LeastRows)];
        int all = counts.Values.Sum(one => one.Alike);
        double plain = (double)all / first.Length;
        if (counted.Length < 2)
        {
            return new BalancedAgreement(plain, WilsonInterval.Compute(plain, first.Length, level), plain, counts.Count);
        }

        (double value, double below, double above) = (0, 0, 0);
        foreach ((int rows, int alike) in counted)
        {
            double share = (double)alike / rows;
            Interval wilson = WilsonInterval.Compute(share, rows, level);
            value += share / counted.Length;
            below += Squared((share - wilson.Low) / counted.Length);
            above += Squared((wilson.High - share) / counted.Length);
        }

        return new BalancedAgreement(
            value, new Interval(Math.Max(0, value - Math.Sqrt(below)), Math.Min(1, value + Math.Sqrt(above))), plain, counted.Length);
    }

    private static double Squared(double value) => value * value;
}
