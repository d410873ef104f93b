namespace Governance.Audit.Statistics;

/// <summary>The interval of a ratio of two independent proportions.</summary>
/// <remarks>
/// Katz, Baptista, Azen and Pike (1978), Biometrics 34, 469–474: normal on the logarithm. Where a share is 0 or 1, the
/// logarithm does not exist or its variance is falsely 0; the interval then comes from the two Wilson intervals by the
/// method of variance estimates recovery (Newcombe 2016, Statistical Methods in Medical Research 25, 1774–1787), the
/// counterpart for ratios of <see cref="NewcombeInterval"/>.
/// </remarks>
public static class LogRatioInterval
{
    /// <summary>Computes the interval of <paramref name="a"/> / <paramref name="b"/>.</summary>
    /// <param name="a">The first share, in [0, 1].</param>
    /// <param name="countA">The rows behind it, above 0; of weighted rows the effective number.</param>
    /// <param name="b">The second share, in [0, 1].</param>
    /// <param name="countB">The rows behind it, above 0; of weighted rows the effective number.</param>
    /// <param name="level">The confidence level, above 0 and below 1.</param>
    /// <returns>Both ends at least 0; the upper end is infinite where <paramref name="b"/> is 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static Interval Compute(double a, double countA, double b, double countB, double level) =>
        ComputeAt(a, countA, b, countB, NormalQuantile.TwoSided(level));

    /// <summary>As <see cref="Compute"/>, at a critical value of the normal distribution above 0 in place of a level.</summary>
    internal static Interval ComputeAt(double a, double countA, double b, double countB, double z)
    {
        Interval first = WilsonInterval.ComputeAt(a, countA, z);
        Interval second = WilsonInterval.ComputeAt(b, countB, z);
        if (a is 0 or 1 || b is 0 or 1)
        {
            return Recovered(a, first, b, second);
        }

        double logarithm = Math.Log(a / b);
        double error = z * Math.Sqrt(((1 - a) / (a * countA)) + ((1 - b) / (b * countB)));
        return new Interval(Math.Exp(logarithm - error), Math.Exp(logarithm + error));
    }

    // Newcombe's formulae with the lower end's numerator made rational, so that it does not cancel.
    private static Interval Recovered(double a, Interval first, double b, Interval second)
    {
        double product = a * b;
        double lower = first.Low * ((2 * a) - first.Low);
        double upper = first.High * ((2 * a) - first.High);
        double least = second.Low * ((2 * b) - second.Low);
        double most = second.High * ((2 * b) - second.High);
        double low = lower == 0 ? 0 : lower / (product + Math.Sqrt(Math.Max(0, (product * product) - (lower * most))));
        double high = (product + Math.Sqrt(Math.Max(0, (product * product) - (upper * least)))) / least;
        return new Interval(low, least == 0 ? double.PositiveInfinity : high);
    }
}
