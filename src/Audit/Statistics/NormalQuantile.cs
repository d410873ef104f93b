using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Governance.Audit.Statistics;

/// <summary>Quantiles and tails of the standard normal distribution.</summary>
public static class NormalQuantile
{
    /// <summary>The z that a standard normal value exceeds in absolute terms with probability 1 − level.</summary>
    /// <param name="level">The confidence level, above 0 and below 1; 0.95 gives 1.959964.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not inside (0, 1).</exception>
    public static double TwoSided(double level)
    {
        ThrowIfNoLevel(level);
        return Normal.InvCDF(0, 1, 0.5 + (level / 2));
    }

    /// <summary>The probability that a standard normal value is at least as far from 0 as <paramref name="z"/>.</summary>
    public static double TwoSidedP(double z) => SpecialFunctions.Erfc(Math.Abs(z) / Math.Sqrt(2));

    /// <summary>Refuses a confidence level outside (0, 1).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not inside (0, 1).</exception>
    internal static void ThrowIfNoLevel(double level)
    {
        if (!(level > 0 && level < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "A confidence level lies between 0 and 1, both excluded.");
        }
    }
}
