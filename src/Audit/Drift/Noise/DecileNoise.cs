using System.Collections.Concurrent;
using Governance.Audit.Drift.Distances;
using Governance.Audit.Explanations;
using Governance.Audit.Statistics.Resampling;

namespace Governance.Audit.Drift.Noise;

/// <summary>What the stability index over quantile bins of the reference comes to by chance, for numbers without ties.</summary>
/// <remarks>
/// It depends on the two sample sizes alone: the probability between two order statistics of a sample is a beta number
/// (David and Nagaraja, "Order Statistics", 2003, section 2.1), so that the bins' probabilities are drawn as one Dirichlet
/// vector and the current counts as multinomial ones. Kept by sizes.
/// </remarks>
internal static class DecileNoise
{
    private const int Draws = 4_999;
    private const int MostKept = 256;

    private static readonly ConcurrentDictionary<(int N, int M, int Bins, int Seed), NullSample> Kept = new();

    /// <summary>The null distribution.</summary>
    /// <param name="n">Values of the reference, at least 2.</param>
    /// <param name="m">Current values, at least 1.</param>
    /// <param name="bins">At least 2.</param>
    /// <param name="seed">Of the draws.</param>
    public static NullSample Of(int n, int m, int bins, int seed)
    {
        if (Kept.Count > MostKept)
        {
            Kept.Clear();
        }

        return Kept.GetOrAdd((n, m, bins, seed), key => Simulate(key.N, key.M, key.Bins, key.Seed));
    }

    private static NullSample Simulate(int n, int m, int bins, int seed)
    {
        long[] reference = Reference(n, bins);
        double[] shapes = new double[bins];
        for (int k = 0; k < bins; k++)
        {
            double low = k == 0 ? -1 : (n - 1.0) * k / bins;
            double high = k == bins - 1 ? n : (n - 1.0) * (k + 1) / bins;
            shapes[k] = high - low;
        }

        double[] masses = new double[bins];
        long[] current = new long[bins];
        double[] draws = new double[Draws];
        for (int draw = 0; draw < Draws; draw++)
        {
            SeededRandom random = new(seed, draw);
            Deal(ref random, shapes, masses, m, current);
            draws[draw] = CellDistances.Stability(reference, current);
        }

        return NullSample.Of(draws);
    }

    // Values of the reference below its own quantiles: fixed by their ranks.
    private static long[] Reference(int n, int bins)
    {
        long[] counts = new long[bins];
        long before = 0;
        for (int k = 1; k <= bins; k++)
        {
            long below = k == bins ? n : (long)Math.Ceiling((n - 1.0) * k / bins);
            counts[k - 1] = below - before;
            before = below;
        }

        return counts;
    }

    private static void Deal(ref SeededRandom random, double[] shapes, double[] masses, int m, long[] current)
    {
        double left = 0;
        for (int k = 0; k < shapes.Length; k++)
        {
            masses[k] = NormalDraw.Gamma(ref random, shapes[k]);
            left += masses[k];
        }

        int rest = m;
        for (int k = 0; k < shapes.Length - 1; k++)
        {
            int drawn = BinomialDraw.Next(ref random, rest, masses[k] / left);
            current[k] = drawn;
            rest -= drawn;
            left = Math.Max(left - masses[k], double.Epsilon);
        }

        current[^1] = rest;
    }
}
