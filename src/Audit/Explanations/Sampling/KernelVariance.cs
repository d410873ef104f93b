namespace Governance.Audit.Explanations.Sampling;

/// <summary>The standard errors of <see cref="KernelShapley"/>; see its remarks for the estimator.</summary>
internal static class KernelVariance
{
    /// <summary>Fills the standard errors of one output.</summary>
    /// <param name="design">The coalitions drawn; every band that was sampled holds at least two pairs.</param>
    /// <param name="factor">The Cholesky factor of the regression's matrix, shape [M - 1, M - 1].</param>
    /// <param name="odd">Shape [pairs]: half the difference of a coalition and its complement.</param>
    /// <param name="attribution">Shape [M]: the estimates.</param>
    /// <param name="least">The smallest error reported: that of the arithmetic.</param>
    /// <param name="errors">Shape [M], overwritten.</param>
    public static void Fill(
        PairedCoalitions design, ReadOnlySpan<double> factor, ReadOnlySpan<double> odd,
        ReadOnlySpan<double> attribution, double least, Span<double> errors)
    {
        int players = attribution.Length;
        int free = players - 1;
        double[] contrast = new double[free];
        double[] influence = new double[players];
        double[] sum = new double[players];
        double[] squares = new double[players];
        double[] variance = new double[players];
        int count = 0;
        for (int pair = 0; pair < odd.Length; pair++)
        {
            int band = design.Bands[pair];
            if (design.Unsampled[band] > 0)
            {
                KernelShapley.FillContrast(design.Coalitions, pair, contrast);
                contrast.CopyTo(influence, 0);
                SymmetricSystem.Solve(factor, free, influence.AsSpan(0, free));
                Add(design, pair, contrast, influence, Residual(design.Coalitions, pair, odd[pair], attribution), sum, squares);
                count++;
            }

            if (count > 0 && (pair + 1 == odd.Length || design.Bands[pair + 1] != band))
            {
                for (int player = 0; player < players; player++)
                {
                    double spread = Math.Max(0, squares[player] - (sum[player] * sum[player] / count));
                    variance[player] += design.Unsampled[band] * count / (count - 1) * spread;
                }

                Array.Clear(sum);
                Array.Clear(squares);
                count = 0;
            }
        }

        for (int player = 0; player < players; player++)
        {
            errors[player] = Math.Sqrt(variance[player] + (least * least));
        }
    }

    private static void Add(
        PairedCoalitions design, int pair, ReadOnlySpan<double> contrast, Span<double> influence, double residual,
        Span<double> sum, Span<double> squares)
    {
        int free = contrast.Length;
        double leverage = 0;
        double last = 0;
        for (int i = 0; i < free; i++)
        {
            leverage += contrast[i] * influence[i];
            last -= influence[i];
        }

        influence[free] = last;
        double weight = design.Weights[pair];

        // Leverage is below 1 but for rounding; a pair that the fit passes through says nothing of the error.
        double scaled = weight * residual / Math.Max(1 - (weight * leverage), 1e-6);
        for (int player = 0; player <= free; player++)
        {
            double share = scaled * influence[player];
            sum[player] += share;
            squares[player] += share * share;
        }
    }

    private static double Residual(CoalitionSet coalitions, int pair, double odd, ReadOnlySpan<double> attribution)
    {
        double fitted = 0;
        for (int player = 0; player < attribution.Length; player++)
        {
            fitted += coalitions.Contains(2 * pair, player) ? attribution[player] : -attribution[player];
        }

        return odd - (fitted / 2);
    }
}
