namespace Governance.Audit.Training;

/// <summary>Features moved to mean 0 and scaled to variance 1, by the weighted rows.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Means">Shape [features].</param>
/// <param name="Scales">Shape [features]: standard deviations; 1 where a feature is constant.</param>
internal sealed record ScaledFeatures(TrainingRows Rows, double[] Means, double[] Scales)
{
    /// <summary>Measures means and scales. Two passes, so that large means do not cost digits.</summary>
    /// <exception cref="ArgumentException">A feature is missing in a row.</exception>
    public static ScaledFeatures Of(TrainingRows rows)
    {
        double[] means = new double[rows.Features];
        double[] scales = new double[rows.Features];
        double total = rows.Weights.Sum();
        for (int row = 0; row < rows.Count; row++)
        {
            ReadOnlySpan<float> values = rows.Row(row);
            for (int feature = 0; feature < means.Length; feature++)
            {
                if (float.IsNaN(values[feature]))
                {
                    throw new ArgumentException($"Feature '{rows.Names[feature]}' is missing in row {row + 1}.", nameof(rows));
                }

                means[feature] += rows.Weights[row] * values[feature] / total;
            }
        }

        for (int row = 0; row < rows.Count; row++)
        {
            ReadOnlySpan<float> values = rows.Row(row);
            for (int feature = 0; feature < means.Length; feature++)
            {
                double difference = values[feature] - means[feature];
                scales[feature] += rows.Weights[row] * difference * difference / total;
            }
        }

        for (int feature = 0; feature < scales.Length; feature++)
        {
            // A constant feature's variance is rounding, not zero.
            double least = 1e-12 * Math.Max(1e-12, means[feature] * means[feature]);
            scales[feature] = scales[feature] > least ? Math.Sqrt(scales[feature]) : 1;
        }

        return new ScaledFeatures(rows, means, scales);
    }

    /// <summary>Writes one scaled row.</summary>
    /// <param name="row">Its index.</param>
    /// <param name="scaled">Shape [features], overwritten.</param>
    public void Fill(int row, Span<double> scaled)
    {
        ReadOnlySpan<float> values = Rows.Row(row);
        for (int feature = 0; feature < scaled.Length; feature++)
        {
            scaled[feature] = (values[feature] - Means[feature]) / Scales[feature];
        }
    }

    /// <summary>Brings a linear form of the scaled features back to the features' own units.</summary>
    /// <param name="scaled">Shape [1 + features]: the intercept and the coefficients.</param>
    /// <param name="coefficients">Shape [features], overwritten.</param>
    /// <returns>The intercept.</returns>
    public double Unscale(ReadOnlySpan<double> scaled, Span<double> coefficients)
    {
        double intercept = scaled[0];
        for (int feature = 0; feature < coefficients.Length; feature++)
        {
            coefficients[feature] = scaled[feature + 1] / Scales[feature];
            intercept -= coefficients[feature] * Means[feature];
        }

        return intercept;
    }
}
