using Governance.Audit.Explanations;
using Governance.Audit.Statistics.Resampling;

namespace Governance.Audit.Drift.Noise;

/// <summary>How many marked balls a handful from an urn holds: hypergeometric numbers from a seeded stream.</summary>
/// <remarks>
/// Handfuls up to <see cref="MostDrawn"/> ball by ball, exactly. Larger ones by the normal law of the same mean and
/// variance where that variance is at least <see cref="LeastVariance"/> (its error is below the discreteness), else
/// binomially; held inside what the urn can give. Used for null distributions alone.
/// </remarks>
internal static class UrnDraw
{
    private const int MostDrawn = 32;
    private const double LeastVariance = 25;

    /// <summary>Draws.</summary>
    /// <param name="random">The stream; advanced.</param>
    /// <param name="total">Balls in the urn.</param>
    /// <param name="marked">Marked ones among them.</param>
    /// <param name="handful">Balls drawn, at most <paramref name="total"/>.</param>
    public static long Next(ref SeededRandom random, long total, long marked, long handful)
    {
        if (marked <= 0 || handful <= 0)
        {
            return 0;
        }

        if (handful >= total || marked >= total)
        {
            return Math.Min(handful, marked);
        }

        if (handful <= MostDrawn)
        {
            return OneByOne(ref random, total, marked, (int)handful);
        }

        double share = (double)marked / total;
        double variance = handful * share * (1 - share) * (total - handful) / Math.Max(1, total - 1);
        double drawn = variance >= LeastVariance
            ? Math.Round((handful * share) + (Math.Sqrt(variance) * NormalDraw.Next(ref random)))
            : 2 * handful > total
                ? marked - BinomialDraw.Next(ref random, (int)(total - handful), share)
                : BinomialDraw.Next(ref random, (int)handful, share);
        return Math.Clamp((long)drawn, Math.Max(0, handful - (total - marked)), Math.Min(handful, marked));
    }

    private static int OneByOne(ref SeededRandom random, long total, long marked, int handful)
    {
        int drawn = 0;
        for (int i = 0; i < handful; i++)
        {
            drawn += random.NextDouble() * (total - i) < marked - drawn ? 1 : 0;
        }

        return drawn;
    }
}
