using MathNet.Numerics.Distributions;

namespace Governance.Audit.Statistics.Resampling;

/// <summary>Reads an interval off the resampled values of one figure.</summary>
/// <remarks>
/// Percentile and BCa: Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, sections 13.3 and 14.3. Resamples
/// equal to the estimate count half in the bias correction, which matters where a figure takes few values.
/// </remarks>
public static class BootstrapInterval
{
    /// <summary>
    /// The least share of resamples that must have the figure at all: of fewer, quantiles would speak for the lucky ones alone.
    /// </summary>
    public const double LeastDefined = 0.9;

    /// <summary>The interval.</summary>
    /// <param name="estimate">The figure of the sample itself.</param>
    /// <param name="draws">Shape [resamples]: the figure of each resample, NaN where it had none. Overwritten: sorted.</param>
    /// <param name="influence">Of the rows on the figure; used by BCa alone.</param>
    /// <param name="level">The confidence level, above 0 and below 1.</param>
    /// <param name="method">Percentile or BCa.</param>
    /// <returns>
    /// Null where the estimate is undefined, under 90 % of the resamples have the figure, or all are alike: an interval of
    /// no width would claim a certainty that few rows cannot give.
    /// </returns>
    public static Interval? Of(double estimate, Span<double> draws, Influence influence, double level, BootstrapMethod method)
    {
        NormalQuantile.ThrowIfNoLevel(level);
        int all = draws.Length;
        Span<double> known = draws[..Quantiles.SortKnown(draws)];
        if (double.IsNaN(estimate) || known.Length < Math.Max(BootstrapOptions.FewestResamples, LeastDefined * all)
            || !(known[^1] - known[0] > 1e-15 * Math.Abs(estimate)))
        {
            return null;
        }

        double low = (1 - level) / 2;
        double high = 1 - low;
        if (method == BootstrapMethod.Bca)
        {
            (low, high) = Adjusted(estimate, known, influence.Acceleration, level);
        }

        return new Interval(Quantiles.OfSorted(known, low), Quantiles.OfSorted(known, high));
    }

    // The shares of resamples below which BCa's ends lie; the percentile's where the bias or the skewness is beyond repair.
    private static (double Low, double High) Adjusted(double estimate, ReadOnlySpan<double> known, double acceleration, double level)
    {
        double tolerance = 1e-12 * Math.Abs(estimate);
        double below = 0;
        foreach (double draw in known)
        {
            below += draw < estimate - tolerance ? 1 : draw <= estimate + tolerance ? 0.5 : 0;
        }

        double share = below / known.Length;
        (double Low, double High) plain = ((1 - level) / 2, (1 + level) / 2);
        if (!(share > 0 && share < 1))
        {
            return plain;
        }

        double bias = Normal.InvCDF(0, 1, share);
        double reach = NormalQuantile.TwoSided(level);
        double least = Moved(bias, -reach, acceleration);
        double most = Moved(bias, reach, acceleration);
        return least < most ? (least, most) : plain;
    }

    private static double Moved(double bias, double reach, double acceleration)
    {
        double moved = bias + reach;
        double scale = 1 - (acceleration * moved);
        return scale > 0 ? Normal.CDF(0, 1, bias + (moved / scale)) : double.NaN;
    }
}
