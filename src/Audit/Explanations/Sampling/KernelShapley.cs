using System.Diagnostics;
using System.Numerics.Tensors;

namespace Governance.Audit.Explanations.Sampling;

/// <summary>Shapley values by weighted regression on sampled coalitions (Kernel SHAP).</summary>
/// <remarks>
/// Least squares under the constraint that values add up to v(full) - v(empty), which is eliminated, not penalised: no
/// ridge, no selection of features. With a coalition and its complement always together, only half their difference,
/// u = (v(S) - v(~S)) / 2, matters; it is regressed on x = ±1/2 for each player. Exact where the design holds every
/// coalition. Sources: Lundberg and Lee, NeurIPS 2017, theorem 2; Covert and Lee, AISTATS 2021, arXiv 2012.01536
/// (pairing). Time O(n M^2) for n pairs. <see cref="SampledShapley"/> starts from it and is far more precise.
/// </remarks>
public static class KernelShapley
{
    /// <summary>Estimates the values of all players.</summary>
    /// <param name="design">The coalitions and their weights, M players.</param>
    /// <param name="values">Shape [coalitions of the design, outputs], in the model's output unit; no NaN.</param>
    /// <param name="empty">Shape [outputs]: the value of the empty coalition.</param>
    /// <param name="full">Shape [outputs]: the value of the full coalition.</param>
    /// <param name="attribution">Shape [outputs, M], overwritten; adds up to full - empty for each output.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static void Estimate(
        PairedCoalitions design, ReadOnlySpan<double> values, ReadOnlySpan<double> empty, ReadOnlySpan<double> full, Span<double> attribution,
        CancellationToken cancellationToken = default)
    {
        int players = design.Coalitions.Players;
        int outputs = empty.Length;
        if (full.Length != outputs || values.Length != (long)design.Coalitions.Count * outputs)
        {
            throw new ArgumentException("Expected a value for each coalition and output.", nameof(values));
        }

        if (attribution.Length != outputs * players)
        {
            throw new ArgumentException($"Expected {outputs} x {players} places.", nameof(attribution));
        }

        int free = players - 1;
        double[] matrix = new double[free * free];
        FillMatrix(design, matrix, free, cancellationToken);
        if (!SymmetricSystem.Factor(matrix, free, cancellationToken: cancellationToken))
        {
            // All coalitions of size 1 are always there, and they alone give the regression full rank.
            throw new UnreachableException("The paired design lost its rank.");
        }

        double[] odd = new double[design.Pairs];
        for (int output = 0; output < outputs; output++)
        {
            for (int pair = 0; pair < odd.Length; pair++)
            {
                odd[pair] = (values[(2 * pair * outputs) + output] - values[(((2 * pair) + 1) * outputs) + output]) / 2;
            }

            Solve(design, matrix, odd, full[output] - empty[output], attribution.Slice(output * players, players));
        }
    }

    // x of a pair with the last player eliminated: 1, 0 or -1 for each other player.
    private static void FillContrast(CoalitionSet coalitions, int pair, Span<double> contrast)
    {
        bool last = coalitions.Contains(2 * pair, contrast.Length);
        for (int player = 0; player < contrast.Length; player++)
        {
            bool member = coalitions.Contains(2 * pair, player);
            contrast[player] = member == last ? 0 : member ? 1 : -1;
        }
    }

    private static void FillMatrix(PairedCoalitions design, Span<double> matrix, int free, CancellationToken cancellationToken)
    {
        double[] contrast = new double[free];
        for (int pair = 0; pair < design.Pairs; pair++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            FillContrast(design.Coalitions, pair, contrast);
            double weight = design.Weights[pair];
            for (int i = 0; i < free; i++)
            {
                if (contrast[i] == 0)
                {
                    continue;
                }

                double scaled = weight * contrast[i];
                Span<double> row = matrix.Slice(i * free, i + 1);
                TensorPrimitives.MultiplyAdd(contrast.AsSpan(0, i + 1), scaled, row, row);
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
}
