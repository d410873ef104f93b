using Governance.Audit.Statistics;
using MathNet.Numerics.Distributions;

namespace Governance.Audit.Fairness;

/// <summary>The same figure of two groups that share no row, compared.</summary>
/// <remarks>
/// Differences by the method of variance estimates recovery from the two intervals (Zou and Donner 2008, Statistics in
/// Medicine 27, 1693–1702), which for shares is Newcombe's interval. Ratios of shares by <see cref="LogRatioInterval"/>,
/// of other figures above 0 by the normal on the logarithm.
/// </remarks>
internal static class FigurePair
{
    /// <summary>The interval of <paramref name="a"/> − <paramref name="b"/>; null where either has none.</summary>
    /// <param name="a">The first figure.</param>
    /// <param name="b">The second figure.</param>
    /// <param name="z">A critical value of the normal distribution, above 0.</param>
    public static Interval? Difference(Figure a, Figure b, double z)
    {
        if (a.At(z) is not Interval first || b.At(z) is not Interval second)
        {
            return null;
        }

        if (a.Kind == FigureKind.Share)
        {
            return NewcombeInterval.ComputeAt(a.Value, a.Rows, b.Value, b.Rows, z);
        }

        double difference = a.Value - b.Value;
        return new Interval(
            difference - Hypotenuse(a.Value - first.Low, second.High - b.Value),
            difference + Hypotenuse(first.High - a.Value, b.Value - second.Low));
    }

    /// <summary>The interval of <paramref name="a"/> / <paramref name="b"/>; null where either is not above 0 and no share, or has none.</summary>
    /// <param name="a">The first figure.</param>
    /// <param name="b">The second figure.</param>
    /// <param name="z">A critical value of the normal distribution, above 0.</param>
    public static Interval? Ratio(Figure a, Figure b, double z)
    {
        if (!(a.IsDefined && b.IsDefined))
        {
            return null;
        }

        if (a.Kind == FigureKind.Share)
        {
            return LogRatioInterval.ComputeAt(a.Value, a.Rows, b.Value, b.Rows, z);
        }

        double reach = z * Hypotenuse(LogError(a), LogError(b));
        return reach > 0 && a.Value > 0 && b.Value > 0
            ? new Interval(a.Value / b.Value * Math.Exp(-reach), a.Value / b.Value * Math.Exp(reach))
            : null;
    }

    /// <summary>The two-sided p value of no difference; null where none is known.</summary>
    /// <param name="a">The first figure.</param>
    /// <param name="b">The second figure.</param>
    /// <param name="weighted">Whether rows have weights: shares then have no exact test.</param>
    public static double? PValue(Figure a, Figure b, bool weighted)
    {
        if (a.Kind == FigureKind.Share)
        {
            return TwoProportions.PValue(a.Value, a.Rows, b.Value, b.Rows, weighted);
        }

        double error = Hypotenuse(a.StandardError, b.StandardError);
        if (!(error > 0) || a.Kind == FigureKind.Own)
        {
            return null;
        }

        double distance = a.Kind == FigureKind.Ratio ? Math.Log(a.Value / b.Value) : a.Value - b.Value;
        return a.Kind == FigureKind.Mean
            ? 2 * StudentT.CDF(0, 1, WelchFreedom(a, b), -Math.Abs(distance / error))
            : NormalQuantile.TwoSidedP(distance / error);
    }

    // Welch (1947), Biometrika 34, 28–35.
    private static double WelchFreedom(Figure a, Figure b)
    {
        double first = a.StandardError * a.StandardError;
        double second = b.StandardError * b.StandardError;
        return (first + second) * (first + second) / ((first * first / (a.Rows - 1)) + (second * second / (b.Rows - 1)));
    }

    private static double LogError(Figure figure) =>
        figure.Kind == FigureKind.Ratio ? figure.StandardError : figure.StandardError / figure.Value;

    private static double Hypotenuse(double x, double y) => Math.Sqrt((x * x) + (y * y));
}
