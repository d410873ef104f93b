using Governance.Audit.Statistics;
using MathNet.Numerics.Distributions;

namespace Governance.Audit.Slices;

/// <summary>What the held-out half says of slices that were found on the other.</summary>
/// <remarks>
/// The held-out rows had no part in the choice, so each interval and p value holds as if the slice had been named
/// beforehand. Rates: Wilson, Newcombe, and Fisher's or the pooled z test; means: Student and Welch. With weights the
/// numbers of rows are Kish's effective ones.
/// </remarks>
internal static class ConfirmSlices
{
    /// <summary>The metric of rows added up, with its interval.</summary>
    public static SliceFigure Figure(SliceSums sums, bool isRate, double level)
    {
        if (!(sums.Weight > 0))
        {
            return new SliceFigure(sums.Rows, double.NaN, null);
        }

        Interval? interval = isRate ? WilsonInterval.Compute(Math.Clamp(sums.Mean, 0, 1), sums.Effective, level)
            : Error(sums) is double error and > 0 && error * StudentQuantile.At(sums.Effective - 1, 0.5 + (level / 2)) is double reach
                && double.IsFinite(reach) ? Around(sums.Mean, reach)
            : null;
        return new SliceFigure(sums.Rows, sums.Mean, interval?.ToArray());
    }

    /// <summary>The interval of slice − rest and the two-sided p value of no difference; nulls where there are too few rows.</summary>
    /// <param name="slice">The slice's rows.</param>
    /// <param name="rest">The others.</param>
    /// <param name="isRate">Whether losses are 0 or 1.</param>
    /// <param name="weighted">Whether rows have weights of their own.</param>
    /// <param name="level">The level of the interval.</param>
    public static (double[]? Interval, double? PValue) Compare(SliceSums slice, SliceSums rest, bool isRate, bool weighted, double level)
    {
        if (!(slice.Weight > 0 && rest.Weight > 0) || slice.Effective < 2 || rest.Effective < 2)
        {
            return (null, null);
        }

        if (isRate)
        {
            double a = Math.Clamp(slice.Mean, 0, 1);
            double b = Math.Clamp(rest.Mean, 0, 1);
            return (
                NewcombeInterval.Compute(a, slice.Effective, b, rest.Effective, level).ToArray(),
                TwoProportions.PValue(a, slice.Effective, b, rest.Effective, weighted));
        }

        double first = Error(slice) * Error(slice);
        double second = Error(rest) * Error(rest);
        double error = Math.Sqrt(first + second);
        if (!(error > 0))
        {
            return (null, null);
        }

        double freedom = (first + second) * (first + second) / ((first * first / (slice.Effective - 1)) + (second * second / (rest.Effective - 1)));
        double difference = slice.Mean - rest.Mean;
        return (
            Around(difference, error * StudentQuantile.At(freedom, 0.5 + (level / 2))).ToArray(),
            2 * StudentT.CDF(0, 1, freedom, -Math.Abs(difference / error)));
    }

    private static double Error(SliceSums sums) => sums.Effective > 1 + 1e-9 ? Math.Sqrt(sums.Variance / (sums.Effective - 1)) : double.NaN;

    private static Interval Around(double centre, double reach) => new(centre - reach, centre + reach);
}
