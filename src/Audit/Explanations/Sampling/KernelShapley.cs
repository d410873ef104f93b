namespace Governance.Audit.Explanations.Sampling;

/// <summary>What came of a Kernel SHAP regression.</summary>
public enum KernelFit
{
    /// <summary>Every coalition was there: the values are exact, the standard errors 0.</summary>
    Exact,

    /// <summary>The values are estimates with standard errors.</summary>
    Estimated,

    /// <summary>The values are estimates; too few coalitions were drawn to say how good they are (errors are NaN).</summary>
    WithoutErrors,

    /// <summary>The regression has no single solution; nothing was written.</summary>
    Singular,
}

/// <summary>Shapley values by weighted regression on sampled coalitions (Kernel SHAP), with standard errors.</summary>
/// <remarks>
/// Least squares under the constraint that values add up to v(full) - v(empty), which is eliminated, not penalised: no
/// ridge, no selection of features. With a coalition and its complement always together, only half their difference,
/// y = (v(S) - v(~S)) / 2, matters; it is regressed on x = ±1/2 for each player. Sources: Lundberg and Lee, NeurIPS
/// 2017, theorem 2; Covert and Lee, AISTATS 2021, arXiv 2012.01536 (pairing). Time O(n (M^2 + M K)) for n pairs.
/// <para>
/// Standard errors: the estimate is a regression estimator of survey sampling, so its linearised variance is that of
/// the sums of weight · A⁻¹ x · residual over strata sampled without replacement, each with its finite-population
/// factor 1 - n/N (Särndal, Swensson and Wretman, "Model Assisted Survey Sampling", 1992, section 6.6). Residuals are
/// divided by 1 - leverage, as in a jackknife (HC3), so that small budgets do not look too good.
/// </para>
/// <para>
/// Measured on Adult (12 players, 50 rows, 20 seeds, three models, 64 to 2,048 of 4,096 coalitions): 94.6 to 95.3 % of
/// the exact values lie within 1.96 standard errors at every budget, and the mean standard error is 0.74 to 1.07 of the
/// root-mean-square error. Mean errors at 2,048: 6.9e-5 (logistic), 9.1e-5 (boosted trees), 1.6e-4 (network).
/// </para>
/// </remarks>
public static class KernelShapley
{
    /// <summary>Estimates the values of all players.</summary>
    /// <param name="design">The coalitions and their weights, M players.</param>
    /// <param name="values">Shape [coalitions of the design, outputs], in the model's output unit; no NaN.</param>
    /// <param name="empty">Shape [outputs]: the value of the empty coalition.</param>
    /// <param name="full">Shape [outputs]: the value of the full coalition.</param>
    /// <param name="attribution">Shape [outputs, M], overwritten; adds up to full - empty for each output.</param>
    /// <param name="standardErrors">Shape [outputs, M], overwritten; NaN where they cannot be known.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static KernelFit Estimate(
        PairedCoalitions design, ReadOnlySpan<double> values, ReadOnlySpan<double> empty, ReadOnlySpan<double> full,
        Span<double> attribution, Span<double> standardErrors)
    {
        int players = design.Coalitions.Players;
        int outputs = empty.Length;
        if (full.Length != outputs || values.Length != (long)design.Coalitions.Count * outputs)
        {
            throw new ArgumentException("Expected a value for each coalition and output.", nameof(values));
        }

        if (attribution.Length != outputs * players || standardErrors.Length != attribution.Length)
        {
            throw new ArgumentException($"Expected {outputs} x {players} places.", nameof(attribution));
        }

        int free = players - 1;
        double[] matrix = new double[free * free];
        FillMatrix(design, matrix, free);
        if (!SymmetricSystem.Factor(matrix, free))
        {
            return KernelFit.Singular;
        }

        bool known = design.Enumerated || (design.ReachesAllSizes && !HasLonePair(design));
        double[] odd = new double[design.Pairs];
        for (int output = 0; output < outputs; output++)
        {
            double change = full[output] - empty[output];
            double scale = Math.Max(Math.Abs(full[output]), Math.Abs(empty[output]));
            for (int pair = 0; pair < odd.Length; pair++)
            {
                double with = values[(2 * pair * outputs) + output];
                double without = values[(((2 * pair) + 1) * outputs) + output];
                odd[pair] = (with - without) / 2;
                scale = Math.Max(scale, Math.Max(Math.Abs(with), Math.Abs(without)));
            }

            Span<double> attributed = attribution.Slice(output * players, players);
            Span<double> errors = standardErrors.Slice(output * players, players);
            Solve(design, matrix, odd, change, attributed);
            if (design.Enumerated)
            {
                errors.Clear();
            }
            else if (known)
            {
                // Eight units in the last place of the largest value: no error is smaller than the arithmetic's own.
                KernelVariance.Fill(design, matrix, odd, attributed, 8 * (Math.BitIncrement(scale) - scale), errors);
            }
            else
            {
                errors.Fill(double.NaN);
            }
        }

        return design.Enumerated ? KernelFit.Exact : known ? KernelFit.Estimated : KernelFit.WithoutErrors;
    }

    /// <summary>x of a pair with the last player eliminated: 1, 0 or -1 for each other player.</summary>
    internal static void FillContrast(CoalitionSet coalitions, int pair, Span<double> contrast)
    {
        bool last = coalitions.Contains(2 * pair, contrast.Length);
        for (int player = 0; player < contrast.Length; player++)
        {
            bool member = coalitions.Contains(2 * pair, player);
            contrast[player] = member == last ? 0 : member ? 1 : -1;
        }
    }

    private static void FillMatrix(PairedCoalitions design, Span<double> matrix, int free)
    {
        double[] contrast = new double[free];
        for (int pair = 0; pair < design.Pairs; pair++)
        {
            FillContrast(design.Coalitions, pair, contrast);
            double weight = design.Weights[pair];
            for (int i = 0; i < free; i++)
            {
                if (contrast[i] == 0)
                {
                    continue;
                }

                double scaled = weight * contrast[i];
                for (int j = 0; j <= i; j++)
                {
                    matrix[(i * free) + j] += scaled * contrast[j];
                }
            }
        }
    }

    private static void Solve(
        PairedCoalitions design, ReadOnlySpan<double> factor, ReadOnlySpan<double> odd, double change, Span<double> attribution)
    {
        int free = attribution.Length - 1;
        Span<double> right = attribution[..free];
        right.Clear();
        double[] contrast = new double[free];
        for (int pair = 0; pair < odd.Length; pair++)
        {
            FillContrast(design.Coalitions, pair, contrast);
            double half = design.Coalitions.Contains(2 * pair, free) ? 0.5 : -0.5;
            double scaled = design.Weights[pair] * (odd[pair] - (half * change));
            for (int i = 0; i < free; i++)
            {
                right[i] += scaled * contrast[i];
            }
        }

        SymmetricSystem.Solve(factor, free, right);
        double others = 0;
        foreach (double value in right)
        {
            others += value;
        }

        attribution[free] = change - others;
    }

    private static bool HasLonePair(PairedCoalitions design)
    {
        int[] counts = new int[design.Unsampled.Length];
        foreach (int band in design.Bands)
        {
            counts[band]++;
        }

        for (int band = 0; band < counts.Length; band++)
        {
            if (counts[band] < 2 && design.Unsampled[band] > 0)
            {
                return true;
            }
        }

        return false;
    }
}
