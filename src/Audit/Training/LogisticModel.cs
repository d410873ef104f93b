namespace Governance.Audit.Training;

/// <summary>A fitted logistic regression: P(positive) = σ(intercept + Σ coefficient · feature).</summary>
/// <param name="Features">Shape [features]: the names.</param>
/// <param name="Intercept">In log-odds.</param>
/// <param name="Coefficients">Shape [features], in log-odds a unit of the feature.</param>
/// <param name="Converged">Whether the fit reached its optimum to working precision.</param>
/// <param name="Iterations">Newton steps taken.</param>
public sealed record LogisticModel(
    IReadOnlyList<string> Features, double Intercept, IReadOnlyList<double> Coefficients, bool Converged, int Iterations)
{
    /// <summary>The log-odds of the positive class.</summary>
    /// <param name="row">Shape [features].</param>
    public double LogOdds(ReadOnlySpan<float> row)
    {
        double sum = Intercept;
        for (int feature = 0; feature < row.Length; feature++)
        {
            sum += Coefficients[feature] * row[feature];
        }

        return sum;
    }

    /// <summary>The probability of the positive class, in [0, 1].</summary>
    /// <param name="row">Shape [features].</param>
    public double Probability(ReadOnlySpan<float> row) => LogisticFunction.At(LogOdds(row));
}
