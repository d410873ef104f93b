using System.Numerics.Tensors;

namespace Governance.Audit.Explanations.Sampling;

/// <summary>
/// By how much the variance of the corrected estimate exceeds what its residuals show, because each residual was
/// predicted from values whose own residuals enter as well.
/// </summary>
/// <remarks>
/// The residuals of leave-one-out predictions are not independent, so the sum of their squares understates the variance
/// of their sum (as for cross-validation: Nadeau and Bengio, Machine Learning 52, 2003). Under the regression's own
/// expectations both are known in closed form. With K the matrix of the system, D the diagonal of its inverse, inverted,
/// c the covariances of a Shapley value with the values seen and h the weights of the correction, the estimate is
/// cᵀK⁻¹u + hᵀD K⁻¹u; its variance is the posterior variance of the Shapley value plus hᵀD K⁻¹D h; and the residuals
/// alone show Σ h² D. The ratio is free of the scale of u. It multiplies the variance that was measured, never divides it.
/// </remarks>
internal static class LeftOutFactor
{
    /// <summary>The factors of all players.</summary>
    /// <param name="design">The coalitions.</param>
    /// <param name="regression">Learned from <paramref name="learned"/>.</param>
    /// <param name="learned">Its pairs, not decreasing.</param>
    /// <param name="cancellationToken">Ends it; asked once for each player.</param>
    /// <returns>Shape [players]; at least 1.</returns>
    public static double[] Of(PairedCoalitions design, OddRegression regression, int[] learned, CancellationToken cancellationToken = default)
    {
        int players = design.Coalitions.Players;
        double[] factors = new double[players];
        regression.Kernel.ShapleyVariances(factors);
        double rest = regression.Noise * SumOfSquaredWeights(players);
        double[] growth = Growth(design, learned);
        double[] seen = new double[regression.Count];
        double[] covariances = new double[regression.Count];
        double[] shifted = new double[regression.Count];
        for (int player = 0; player < players; player++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double shown = Fill(design, regression, learned, growth, player, covariances, shifted);
            double posterior = factors[player] + rest - Quadratic(regression, covariances, seen);
            double spread = Quadratic(regression, shifted, seen);
            factors[player] = shown > 0 ? Math.Max(1, (Math.Max(0, posterior) + spread) / shown) : 1;
        }

        return factors;
    }

    // Fills c and D h of a player; returns Σ h² D, with the share of each band that the learned pairs leave unsampled.
    private static double Fill(
        PairedCoalitions design, OddRegression regression, int[] learned, double[] growth, int player, double[] covariances, double[] shifted)
    {
        int players = design.Coalitions.Players;
        ReadOnlySpan<double> inverse = regression.InverseDiagonal;
        covariances[0] = regression.Sections[player];
        double shown = 0;
        for (int i = 0; i < learned.Length; i++)
        {
            int pair = learned[i];
            int band = design.Bands[pair];
            PairInfluence influence = PairInfluence.Of(design, pair);
            double own = design.Coalitions.Contains(2 * pair, player) ? influence.Member : influence.Other;
            double scaled = own * growth[band];
            double variance = 1 / inverse[i + 1];
            covariances[i + 1] = regression.Sections[((i + 1) * players) + player] + (regression.Noise * own * design.Chances[pair]);
            shifted[i + 1] = scaled * (1 - (design.Chances[pair] / growth[band])) * variance;
            shown += scaled * scaled * (1 - ((1 - design.Unsampled[band]) / growth[band])) * variance;
        }

        return shown;
    }

    private static double Quadratic(OddRegression regression, double[] vector, double[] buffer)
    {
        vector.CopyTo(buffer, 0);
        regression.Solve(buffer);
        return TensorPrimitives.Dot<double>(buffer, vector);
    }

    // Pairs drawn over pairs learned, a band: the learned ones are judged as if they were the whole sample.
    private static double[] Growth(PairedCoalitions design, int[] learned)
    {
        double[] growth = new double[design.Unsampled.Length];
        int[] counts = new int[growth.Length];
        foreach (int band in design.Bands)
        {
            growth[band]++;
        }

        foreach (int pair in learned)
        {
            counts[design.Bands[pair]]++;
        }

        for (int band = 0; band < growth.Length; band++)
        {
            growth[band] /= Math.Max(1, counts[band]);
        }

        return growth;
    }

    // Σ over all pairs of the square of what a pair's odd part adds to one value: 4 / (s (M - s) C(M, s)) a size.
    private static double SumOfSquaredWeights(int players)
    {
        double sum = 0;
        double count = 1;
        for (int size = 1; size <= players / 2; size++)
        {
            count = count * (players - size + 1) / size;
            sum += (2 * size == players ? 2 : 4) / (count * size * (players - size));
        }

        return sum;
    }
}
