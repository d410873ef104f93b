namespace Governance.Audit.Training;

/// <summary>A fitted logistic regression of several classes: P(class) = softmax(intercept + Σ coefficient · feature).</summary>
/// <param name="Features">Shape [features]: the names.</param>
/// <param name="Intercepts">Shape [classes]; their sum is 0.</param>
/// <param name="Coefficients">Shape [classes][features], a unit of the feature; each feature's sum over the classes is 0.</param>
/// <param name="Converged">Whether the fit reached its optimum to working precision.</param>
/// <param name="Iterations">Newton steps taken.</param>
public sealed record MultinomialModel(
    IReadOnlyList<string> Features, IReadOnlyList<double> Intercepts, IReadOnlyList<IReadOnlyList<double>> Coefficients,
    bool Converged, int Iterations)
{
    /// <summary>The number of classes, at least 2.</summary>
    public int Classes => Intercepts.Count;

    /// <summary>The probability of each class.</summary>
    /// <param name="row">Shape [features]; no missing values.</param>
    /// <returns>Shape [classes]; the sum is 1.</returns>
    public double[] Predict(ReadOnlySpan<float> row)
    {
        double[] logits = [.. Intercepts];
        for (int k = 0; k < logits.Length; k++)
        {
            for (int feature = 0; feature < row.Length; feature++)
            {
                logits[k] += Coefficients[k][feature] * row[feature];
            }
        }

        LogisticFunction.Softmax(logits);
        return logits;
    }
}
