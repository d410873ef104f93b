using MathNet.Numerics.Distributions;

namespace Governance.Audit.Statistics;

/// <summary>An interval of the expected calibration error that holds 0 when a model is calibrated.</summary>
/// <remarks>
/// The error is Σ |Dᵇ| over bins, with Dᵇ the bin's sum of label less score over all rows' weight. An estimate of a sum of
/// absolute values is too large by its own noise, and a percentile bootstrap only adds to that. By the triangle inequality
/// the estimate lies within T = Σ |noise of Dᵇ| of the truth; T is a sum of half-normal values of which mean and variance
/// are known, and its quantile is that of the gamma distribution with the two (Satterthwaite's way). The interval is
/// estimate ± that quantile, cut at 0 and 1: conservative where the model is far from calibrated.
/// </remarks>
public static class CalibrationErrorInterval
{
    /// <summary>Computes the interval.</summary>
    /// <param name="error">The estimate, in [0, 1]; NaN gives null.</param>
    /// <param name="effectiveRows">Shape [bins]: rows of each bin; of weighted rows Kish's effective number.</param>
    /// <param name="weights">Shape [bins]: the weight of each bin's rows.</param>
    /// <param name="observed">Shape [bins]: the share of positives, in [0, 1]; of empty bins not looked at.</param>
    /// <param name="level">The confidence level, above 0 and below 1.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Interval? Compute(
        double error, ReadOnlySpan<double> effectiveRows, ReadOnlySpan<double> weights, ReadOnlySpan<double> observed, double level)
    {
        NormalQuantile.ThrowIfNoLevel(level);
        if (weights.Length != effectiveRows.Length || observed.Length != effectiveRows.Length)
        {
            throw new ArgumentException("Rows, weights and shares need equally many bins.", nameof(weights));
        }

        double total = 0;
        foreach (double weight in weights)
        {
            total += weight;
        }

        double variance = 0;
        double errors = 0;
        for (int bin = 0; bin < weights.Length; bin++)
        {
            if (weights[bin] > 0)
            {
                // Two rows of either class more, as Agresti and Coull (1998) add, so that a pure bin is not certain.
                double share = ((observed[bin] * effectiveRows[bin]) + 2) / (effectiveRows[bin] + 4);
                double part = weights[bin] / total;
                double squared = part * part * share * (1 - share) / effectiveRows[bin];
                variance += squared;
                errors += Math.Sqrt(squared);
            }
        }

        if (double.IsNaN(error) || !(errors > 0))
        {
            return null;
        }

        double mean = errors * Math.Sqrt(2 / Math.PI);
        double spread = variance * (1 - (2 / Math.PI));
        double noise = Gamma.InvCDF(mean * mean / spread, mean / spread, level);
        return new Interval(Math.Max(0, error - noise), Math.Min(1, error + noise));
    }
}
