namespace Governance.Audit.Statistics;

/// <summary>The interval of a difference of two independent proportions.</summary>
/// <remarks>Newcombe (1998), Statistics in Medicine 17, 873–890, method 10: from the two Wilson intervals.</remarks>
public static class NewcombeInterval
{
    /// <summary>Computes the interval of <paramref name="a"/> − <paramref name="b"/>.</summary>
    /// <param name="a">The first share, in [0, 1].</param>
    /// <param name="countA">The rows behind it, above 0; of weighted rows the effective number.</param>
    /// <param name="b">The second share, in [0, 1].</param>
    /// <param name="countB">The rows behind it, above 0; of weighted rows the effective number.</param>
    /// <param name="level">The confidence level, above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static Interval Compute(double a, double countA, double b, double countB, double level) =>
        ComputeAt(a, countA, b, countB, NormalQuantile.TwoSided(level));

    /// <summary>As <see cref="Compute"/>, at a critical value of the normal distribution above 0 in place of a level.</summary>
    internal static Interval ComputeAt(double a, double countA, double b, double countB, double z)
    {
        Interval first = WilsonInterval.ComputeAt(a, countA, z);
        Interval second = WilsonInterval.ComputeAt(b, countB, z);
        double difference = a - b;
        return new Interval(
            difference - Hypotenuse(a - first.Low, second.High - b),
            difference + Hypotenuse(first.High - a, b - second.Low));
    }

    private static double Hypotenuse(double x, double y) => Math.Sqrt((x * x) + (y * y));
}
