using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Governance.Audit.Monitoring;

/// <summary>What a figure looks like where nothing changed: draws of it from the reference, and a tail beyond them.</summary>
/// <remarks>
/// Levels that a false-alarm budget deals out are often smaller than one in the number of draws. As long as at least
/// <see cref="Enough"/> draws lie beyond a figure its p value is their share, (k + 1) / (R + 1); further out it follows the
/// gamma distribution with the mean, spread and skewness of the draws (Pearson's type III; the normal distribution where
/// the upper tail is the shorter one), never below one in 10^12 and never above the share at the last counted draw.
/// Gretton et al., "A Fast, Consistent Kernel Two-Sample Test" (NeurIPS 2009), use the same family for MMD.
/// </remarks>
public sealed class NullDistribution
{
    /// <summary>So many draws must lie beyond a figure for their share to be its p value.</summary>
    public const int Enough = 20;

    private readonly double[] sorted;
    private readonly double skew;

    /// <summary>Keeps draws.</summary>
    /// <param name="draws">At least 2; NaN is left out.</param>
    /// <exception cref="ArgumentException">Fewer than 2 draws are numbers.</exception>
    public NullDistribution(ReadOnlySpan<double> draws)
    {
        sorted = [.. draws.ToArray().Where(draw => !double.IsNaN(draw)).Order()];
        if (sorted.Length < 2)
        {
            throw new ArgumentException("Expected at least two draws.", nameof(draws));
        }

        Mean = sorted.Average();
        Deviation = Math.Sqrt(sorted.Sum(draw => (draw - Mean) * (draw - Mean)) / (sorted.Length - 1));
        double cubes = sorted.Sum(draw => Math.Pow(draw - Mean, 3)) / sorted.Length;
        skew = Deviation > 0 ? cubes / Math.Pow(Deviation, 3) : 0;
    }

    /// <summary>Of the draws.</summary>
    public double Mean { get; }

    /// <summary>The sample standard deviation of the draws.</summary>
    public double Deviation { get; }

    /// <summary>How many draws.</summary>
    public int Count => sorted.Length;

    /// <summary>The chance of a figure at least this large.</summary>
    /// <param name="figure">In the unit of the draws.</param>
    public double Above(double figure)
    {
        int beyond = sorted.Length - FirstFrom(figure);
        if (beyond >= Enough || sorted.Length <= 2 * Enough)
        {
            return (beyond + 1.0) / (sorted.Length + 1);
        }

        double most = (Enough + 1.0) / (sorted.Length + 1);
        return Deviation <= 0 ? (figure > sorted[^1] ? 1e-12 : most) : Math.Clamp(Tail((figure - Mean) / Deviation), 1e-12, most);
    }

    /// <summary>A quantile of the draws: the smallest draw with at least this share at or below it.</summary>
    /// <param name="share">In (0, 1].</param>
    public double Quantile(double share) => sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];

    private double Tail(double z)
    {
        if (skew < 1e-3)
        {
            return Normal.CDF(0, 1, -z);
        }

        double shape = 4 / (skew * skew);
        double at = shape + (z * Math.Sqrt(shape));
        return at <= 0 ? 1 : SpecialFunctions.GammaUpperRegularized(shape, at);
    }

    private int FirstFrom(double figure)
    {
        int low = 0;
        int high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = sorted[middle] < figure ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
