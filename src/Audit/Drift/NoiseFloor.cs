using Governance.Audit.Drift.Distances;
using Governance.Audit.Drift.Noise;

namespace Governance.Audit.Drift;

/// <summary>What a distance comes to by chance, at these two sample sizes and counts, where nothing has changed.</summary>
/// <remarks>
/// A fixed limit of 0.1 alarms in 40 to 90 of 100 comparisons of windows of 100 rows that do not differ. The floor is the
/// quantile of the distance over the ways to deal the pooled values to two samples of these sizes.
/// </remarks>
public static class NoiseFloor
{
    // Thin cells can raise a divergence over its χ² limit by the factor 2 ln 2 at most; distances are its root.
    private const double Thin = 1.5;

    /// <summary>The value that a distance of counts stays below by chance with probability 1 − α.</summary>
    /// <param name="test">psi, js, kl, hellinger, linf or tvd.</param>
    /// <param name="reference">Shape [cells], not negative, the sum above 0.</param>
    /// <param name="current">Shape [cells], likewise.</param>
    /// <param name="alpha">In (0, 1).</param>
    /// <param name="seed">Of the simulation, where cells are too thin for the closed form.</param>
    public static double OfCells(DriftTest test, ReadOnlySpan<long> reference, ReadOnlySpan<long> current, double alpha, int seed) =>
        Of(test, reference.ToArray(), current.ToArray(), new DriftOptions { Alpha = alpha, Seed = seed, Threshold = 0 })(alpha);

    /// <summary>The quantile by probability.</summary>
    internal static Func<double, double> Of(DriftTest test, long[] reference, long[] current, DriftOptions options)
    {
        int cells = ChiSquare.Cells(reference, current);
        long n = CellDistances.Sum(reference);
        long m = CellDistances.Sum(current);
        double least = Math.Min(options.Alpha, options.OwnAlpha);
        bool closed = CellNoise.Limit(test, cells, n, m, least) is double limit
            && (CellNoise.IsDense(reference, current) || limit * Thin < options.Limit);
        if (closed)
        {
            return alpha => CellNoise.Limit(test, cells, n, m, alpha)!.Value;
        }

        NullSample sample = CellNoise.Simulate(test, reference, current, options.Seed);
        return sample.Quantile;
    }
}
