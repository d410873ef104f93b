namespace Governance.Audit.Explanations.Linear;

/// <summary>Shapley values of a sum of functions of one player each.</summary>
/// <remarks>
/// A player gets its function's value less its weighted mean over the background (Lundberg and Lee, NeurIPS 2017,
/// corollary 1, for any function of one player). Time O((rows + background) · outputs · players).
/// </remarks>
public static class LinearShapley
{
    /// <summary>The weighted means of the functions over the background.</summary>
    /// <param name="background">Shape [background rows, outputs, players + 1]; last what belongs to no player.</param>
    /// <param name="weights">One weight a background row; they add up to 1.</param>
    /// <param name="outputs">At least 1.</param>
    /// <returns>Shape [outputs, players + 1].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static double[] Means(ReadOnlySpan<double> background, ReadOnlySpan<double> weights, int outputs)
    {
        int width = weights.Length == 0 ? 0 : background.Length / weights.Length;
        if (width == 0 || width % outputs != 0 || background.Length != width * weights.Length)
        {
            throw new ArgumentException("Expected values for each background row and output.", nameof(background));
        }

        double[] means = new double[width];
        for (int row = 0; row < weights.Length; row++)
        {
            for (int i = 0; i < width; i++)
            {
                means[i] += weights[row] * background[(row * width) + i];
            }
        }

        return means;
    }

    /// <summary>Values and predictions of one row.</summary>
    /// <param name="row">Shape [outputs, players + 1].</param>
    /// <param name="means">Likewise, by <see cref="Means"/>.</param>
    /// <param name="values">Shape [outputs, players], added to.</param>
    /// <param name="predictions">Shape [outputs], added to.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static void Add(ReadOnlySpan<double> row, ReadOnlySpan<double> means, Span<double> values, Span<double> predictions)
    {
        int outputs = predictions.Length;
        int width = row.Length / outputs;
        if (means.Length != row.Length || values.Length != row.Length - outputs)
        {
            throw new ArgumentException("Values, means and functions must have one place a player.", nameof(values));
        }

        for (int output = 0; output < outputs; output++)
        {
            for (int i = 0; i < width; i++)
            {
                double own = row[(output * width) + i];
                predictions[output] += own;
                if (i < width - 1)
                {
                    values[(output * (width - 1)) + i] += own - means[(output * width) + i];
                }
            }
        }
    }
}
