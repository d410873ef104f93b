namespace Governance.Audit.Explanations.Sampling;

/// <summary>Shapley values from sampled coalitions: a regression of the game's odd part, corrected by its own residuals.</summary>
/// <remarks>
/// (1) <see cref="KernelShapley"/> fits single players. (2) What it leaves of the odd part is learned by
/// <see cref="OddRegression"/> with interactions of all odd orders, whose Shapley values are known in closed form.
/// (3) Whatever the regression gets wrong shows in the residuals of coalitions that it did not see. They are a random
/// sample of all residuals, so that their weighted sum is an unbiased estimate of the Shapley values of the error; it is
/// added. The sum would be unbiased for any regression, however wrong: bias is removed by construction, and a better
/// regression makes the interval narrower. (With leave-one-out predictions in place of a second sample the bias is
/// of the order of the correction over the number of pairs.) Sources: odd part and pairs Fumagalli et al., arXiv
/// 2602.01399; correction of a learned proxy Witter, Liu and Musco, NeurIPS 2025, arXiv 2506.11849; cross-fitting
/// Chernozhukov et al., Econometrics Journal 21, 2018.
/// <para>
/// Standard errors are those of the weighted residuals, by strata, see <see cref="ResidualSums"/> and
/// <see cref="LeftOutFactor"/>, and a margin. Figures for accuracy and coverage: docs/sampled-explanations.md.
/// </para>
/// </remarks>
public static class SampledShapley
{
    /// <summary>The fewest and the most pairs that <see cref="MostLearned"/> can be.</summary>
    private const int LeastLearned = 512;
    private const int CeilingLearned = 1024;

    /// <summary>How many pairs a player needs: more players have more interactions to learn.</summary>
    private const int LearnedPerPlayer = 32;

    /// <summary>The most pairs learned from times players: what the prediction of one pair costs.</summary>
    private const long MostPredicted = 1 << 20;

    /// <summary>The most pairs that the regression's kernel is chosen by.</summary>
    public const int MostJudged = 192;

    /// <summary>Standard errors are multiplied by this: the kernel is chosen by the residuals that it is judged by.</summary>
    internal const double Margin = 1.1;

    /// <summary>Half-ulps of the largest value that no error is under, since the values themselves are no better.</summary>
    private const double Rounding = 8;

    /// <summary>
    /// The most pairs that the regression learns from: its time grows with the cube, its error falls slowly. The others
    /// serve the correction alone. So many players that the other pairs cannot be predicted in seconds learn from fewer.
    /// </summary>
    /// <param name="players">At least 1.</param>
    public static int MostLearned(int players) => (int)Math.Max(
        MostJudged, Math.Min(Math.Clamp((long)LearnedPerPlayer * players, LeastLearned, CeilingLearned), MostPredicted / players));

    /// <summary>Estimates the values of all players.</summary>
    /// <param name="design">The coalitions, M players.</param>
    /// <param name="values">Shape [coalitions of the design, outputs], in the model's output unit; no NaN.</param>
    /// <param name="empty">Shape [outputs]: the value of the empty coalition.</param>
    /// <param name="full">Shape [outputs]: the value of the full coalition.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static SampledAttribution Estimate(
        PairedCoalitions design, ReadOnlySpan<double> values, ReadOnlySpan<double> empty, ReadOnlySpan<double> full,
        CancellationToken cancellationToken = default)
    {
        double[] attribution = new double[empty.Length * design.Coalitions.Players];
        KernelShapley.Estimate(design, values, empty, full, attribution, cancellationToken);
        if (design.Enumerated)
        {
            return new SampledAttribution(attribution, new double[attribution.Length], 0);
        }

        double least = LeastError(values, empty, full);
        double[][] odd = Unfitted(design, values, attribution);
        if (odd.All(output => output.All(residual => Math.Abs(residual) <= least)))
        {
            double[] rounding = new double[attribution.Length];
            Array.Fill(rounding, least);
            return new SampledAttribution(attribution, design.ReachesAllSizes ? rounding : null, 2);
        }

        int[] learned = LearnedPairs.Of(design, MostLearned(design.Coalitions.Players));
        using OddRegression regression = Learn(design, learned, PlayerRelevance.Of(design, values, empty, full), odd, cancellationToken);
        double[][] coefficients = [.. odd.Select(output => regression.Fit(0, LearnedPairs.Pick(output, learned)))];
        ResidualSums[] sums = Residuals(design, regression, learned, odd, coefficients, cancellationToken);
        double[] errors = new double[attribution.Length];
        double quantile = 0;
        for (int output = 0; output < odd.Length; output++)
        {
            int first = output * design.Coalitions.Players;
            Span<double> own = attribution.AsSpan(first, design.Coalitions.Players);
            regression.AddShapley(coefficients[output], own);
            for (int player = 0; player < own.Length; player++)
            {
                own[player] += sums[output].Correction[player];
                errors[first + player] = Math.Sqrt((Margin * Margin * sums[output].Variance[player]) + (least * least));
            }

            Settle(own, full[output] - empty[output]);
            quantile = Math.Max(quantile, sums[output].Quantile());
        }

        return new SampledAttribution(attribution, design.ShowsSpread ? errors : null, quantile) { DrawnPairs = design.DrawnPairs };
    }

    private static OddRegression Learn(PairedCoalitions design, int[] learned, double[] relevance, double[][] odd, CancellationToken cancellationToken)
    {
        (OddKernel kernel, double noise) = OddKernelChoice.Of(relevance, design, LearnedPairs.Of(design, MostJudged), odd);
        int[] which = [.. learned.Select(pair => 2 * pair)];
        OddRegression? regression;
        while ((regression = OddRegression.Prepare(kernel, design.Coalitions, which, noise, cancellationToken)) is null)
        {
            noise *= 10;
        }

        return regression;
    }

    // Shape [outputs][pairs]: what the linear fit leaves of the odd parts.
    private static double[][] Unfitted(PairedCoalitions design, ReadOnlySpan<double> values, ReadOnlySpan<double> attribution)
    {
        int players = design.Coalitions.Players;
        double[][] odd = new double[attribution.Length / players][];
        for (int output = 0; output < odd.Length; output++)
        {
            odd[output] = new double[design.Pairs];
            for (int pair = 0; pair < design.Pairs; pair++)
            {
                double fitted = 0;
                for (int player = 0; player < players; player++)
                {
                    double value = attribution[(output * players) + player];
                    fitted += design.Coalitions.Contains(2 * pair, player) ? value : -value;
                }

                double change = values[(2 * pair * odd.Length) + output] - values[(((2 * pair) + 1) * odd.Length) + output];
                odd[output][pair] = (change - fitted) / 2;
            }
        }

        return odd;
    }

    private static ResidualSums[] Residuals(
        PairedCoalitions design, OddRegression regression, int[] learned, double[][] odd, double[][] coefficients,
        CancellationToken cancellationToken)
    {
        double[] factors = LeftOutFactor.Of(design, regression, learned, cancellationToken);
        ResidualSums[] sums = [.. odd.Select(_ => new ResidualSums(design, factors))];
        double[][] left = new double[odd.Length][];
        for (int output = 0; output < odd.Length; output++)
        {
            left[output] = new double[learned.Length];
            regression.LeftOut(coefficients[output], left[output]);
        }

        double[] predicted = new double[odd.Length];
        double[] buffer = new double[regression.Count];
        int next = 0;
        for (int pair = 0; pair < design.Pairs; pair++)
        {
            bool known = next < learned.Length && learned[next] == pair;
            if (!known)
            {
                cancellationToken.ThrowIfCancellationRequested();
                regression.Predict(design.Coalitions.Bits(2 * pair), coefficients, predicted, buffer);
            }

            for (int output = 0; output < odd.Length; output++)
            {
                double residual = odd[output][pair] - predicted[output];
                sums[output].Add(
                    pair, known ? left[output][next] : residual, known ? regression.Noise * coefficients[output][next + 1] : residual, known);
            }

            next += known ? 1 : 0;
        }

        return sums;
    }

    // The parts add up but for the noise of the full coalition; what is left goes to all players alike.
    private static void Settle(Span<double> attribution, double change)
    {
        double sum = 0;
        foreach (double value in attribution)
        {
            sum += value;
        }

        foreach (ref double value in attribution)
        {
            value += (change - sum) / attribution.Length;
        }
    }

    private static double LeastError(ReadOnlySpan<double> values, ReadOnlySpan<double> empty, ReadOnlySpan<double> full)
    {
        double largest = 0;
        foreach (double value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        for (int output = 0; output < empty.Length; output++)
        {
            largest = Math.Max(largest, Math.Max(Math.Abs(empty[output]), Math.Abs(full[output])));
        }

        return Rounding * (Math.BitIncrement(largest) - largest);
    }
}
