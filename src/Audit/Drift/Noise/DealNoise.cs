using Governance.Audit.Explanations;

namespace Governance.Audit.Drift.Noise;

/// <summary>What any statistic of two sorted samples comes to by chance: the pooled values dealt anew, again and again.</summary>
/// <remarks>
/// The permutation distribution (Pitman 1937), whatever the statistic does with the samples, choosing bins by the
/// reference included. O(draws · (n + m)), so for few values alone.
/// </remarks>
internal static class DealNoise
{
    /// <summary>The most values of both samples together.</summary>
    public const int MostValues = 4_000;

    private const long Work = 8_000_000;
    private const int LeastDraws = 1_999;
    private const int MostDraws = 4_999;

    /// <summary>A statistic of two samples.</summary>
    /// <param name="reference">Ascending.</param>
    /// <param name="current">Ascending.</param>
    public delegate double Statistic(ReadOnlySpan<double> reference, ReadOnlySpan<double> current);

    /// <summary>Draws the null distribution.</summary>
    /// <param name="reference">Ascending.</param>
    /// <param name="current">Ascending.</param>
    /// <param name="statistic">The statistic.</param>
    /// <param name="seed">Of the draws.</param>
    public static NullSample Simulate(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, Statistic statistic, int seed)
    {
        double[] pooled = new double[reference.Length + current.Length];
        reference.CopyTo(pooled);
        current.CopyTo(pooled.AsSpan(reference.Length));
        Array.Sort(pooled);
        double[] draws = new double[(int)Math.Clamp(Work / pooled.Length, LeastDraws, MostDraws)];
        double[] first = new double[reference.Length];
        double[] second = new double[current.Length];
        for (int draw = 0; draw < draws.Length; draw++)
        {
            SeededRandom random = new(seed, draw);
            Deal(ref random, pooled, first, second);
            draws[draw] = statistic(first, second);
        }

        return NullSample.Of(draws);
    }

    // One pass in sorted order, so that both samples come out sorted.
    private static void Deal(ref SeededRandom random, double[] pooled, double[] first, double[] second)
    {
        int taken = 0;
        for (int i = 0; i < pooled.Length; i++)
        {
            if (random.NextBelow(pooled.Length - i) < first.Length - taken)
            {
                first[taken++] = pooled[i];
            }
            else
            {
                second[i - taken] = pooled[i];
            }
        }
    }
}
