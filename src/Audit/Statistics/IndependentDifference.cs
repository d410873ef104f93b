namespace Governance.Audit.Statistics;

/// <summary>The interval of a difference of two estimates from different rows, from the interval of each.</summary>
/// <remarks>
/// The method of variance estimates recovery: Zou and Donner (2008), Statistics in Medicine 27, 1693–1702, equation 2. Of two
/// Wilson intervals it is Newcombe's method 10 (<see cref="NewcombeInterval"/>); of two symmetric ones the usual root of summed squares.
/// </remarks>
public static class IndependentDifference
{
    /// <summary>Computes the interval of <paramref name="a"/> − <paramref name="b"/>, at the level of the two intervals.</summary>
    /// <param name="a">The first estimate.</param>
    /// <param name="ofA">Its interval; holds the estimate.</param>
    /// <param name="b">The second estimate, from other rows.</param>
    /// <param name="ofB">Its interval; holds the estimate.</param>
    public static Interval Compute(double a, Interval ofA, double b, Interval ofB)
    {
        double difference = a - b;
        return new Interval(
            difference - Hypotenuse(a - ofA.Low, ofB.High - b),
            difference + Hypotenuse(ofA.High - a, b - ofB.Low));
    }

    private static double Hypotenuse(double x, double y) => Math.Sqrt((x * x) + (y * y));
}
