namespace Governance.Audit.Performance;

/// <summary>How far predicted probabilities lie from what happened.</summary>
public static class ProbabilityLoss
{
    /// <summary>
    /// Probabilities are kept this far from 0 and 1 before the logarithm, so that one wrong certainty costs 34.5 and not
    /// infinity; scikit-learn's long-standing value.
    /// </summary>
    public const double Clip = 1e-15;

    /// <summary>The weighted mean of −ln(probability of what happened), in nats.</summary>
    /// <param name="probability">Shape [rows]: of the positive class, in [0, 1].</param>
    /// <param name="label">Shape [rows]: 1 positive, 0 negative.</param>
    /// <param name="weight">Shape [rows], finite and at least 0; empty for 1 each.</param>
    /// <param name="clip">How far probabilities are kept from 0 and 1, in (0, 0.5).</param>
    /// <returns>At least 0; NaN without weight.</returns>
    public static double LogLoss(
        ReadOnlySpan<double> probability, ReadOnlySpan<sbyte> label, ReadOnlySpan<double> weight, double clip = Clip)
    {
        double sum = 0;
        double total = 0;
        for (int row = 0; row < probability.Length; row++)
        {
            double mass = weight.IsEmpty ? 1 : weight[row];
            sum += mass * Of(probability[row], label[row], clip);
            total += mass;
        }

        return sum / total;
    }

    /// <summary>−ln(probability of what happened) of one row, in nats.</summary>
    /// <param name="probability">Of the positive class, in [0, 1].</param>
    /// <param name="label">1 positive, 0 negative.</param>
    /// <param name="clip">How far the probability is kept from 0 and 1, in (0, 0.5).</param>
    public static double Of(double probability, sbyte label, double clip = Clip)
    {
        double clipped = Math.Clamp(probability, clip, 1 - clip);
        return -Math.Log(label == 1 ? clipped : 1 - clipped);
    }

    /// <summary>The weighted mean squared distance of probability and outcome (Brier 1950).</summary>
    /// <param name="probability">Shape [rows]: of the positive class, in [0, 1].</param>
    /// <param name="label">Shape [rows]: 1 positive, 0 negative.</param>
    /// <param name="weight">Shape [rows], finite and at least 0; empty for 1 each.</param>
    /// <returns>In [0, 1]; NaN without weight.</returns>
    public static double Brier(ReadOnlySpan<double> probability, ReadOnlySpan<sbyte> label, ReadOnlySpan<double> weight)
    {
        double sum = 0;
        double total = 0;
        for (int row = 0; row < probability.Length; row++)
        {
            double mass = weight.IsEmpty ? 1 : weight[row];
            double distance = probability[row] - label[row];
            sum += mass * distance * distance;
            total += mass;
        }

        return sum / total;
    }
}
