namespace Governance.Audit.Statistics;

/// <summary>Normal intervals on a scale where an estimate has no edge close by, brought back to its own scale.</summary>
/// <remarks>
/// The delta method (van der Vaart, "Asymptotic Statistics", 1998, chapter 3): the variance on the other scale is the
/// variance times the squared slope. An interval made so never leaves the range of the estimate. Where the estimate sits
/// on an edge or its estimated variance is 0 there is none: an interval of no width would claim a certainty that few rows
/// cannot give.
/// </remarks>
public static class TransformedInterval
{
    private const double LeastVariance = 1e-18;

    /// <summary>Of a figure in (0, 1), normal on the log-odds.</summary>
    /// <param name="value">The estimate.</param>
    /// <param name="variance">Its sampling variance.</param>
    /// <param name="level">The confidence level, above 0 and below 1.</param>
    /// <returns>Null at 0 and 1, outside them, and without variance.</returns>
    public static Interval? LogOdds(double value, double variance, double level)
    {
        if (!(value > 0 && value < 1 && variance > LeastVariance))
        {
            return null;
        }

        double centre = Math.Log(value / (1 - value));
        double error = NormalQuantile.TwoSided(level) * Math.Sqrt(variance) / (value * (1 - value));
        return new Interval(1 / (1 + Math.Exp(error - centre)), 1 / (1 + Math.Exp(-error - centre)));
    }

    /// <summary>Of a figure in (−1, 1), normal on Fisher's z = artanh.</summary>
    /// <param name="value">The estimate.</param>
    /// <param name="variance">Its sampling variance.</param>
    /// <param name="level">The confidence level, above 0 and below 1.</param>
    /// <returns>Null at −1 and 1, outside them, and without variance.</returns>
    public static Interval? FisherZ(double value, double variance, double level)
    {
        if (!(Math.Abs(value) < 1 && variance > LeastVariance))
        {
            return null;
        }

        double error = NormalQuantile.TwoSided(level) * Math.Sqrt(variance) / (1 - (value * value));
        return new Interval(Math.Tanh(Math.Atanh(value) - error), Math.Tanh(Math.Atanh(value) + error));
    }

    /// <summary>Of a figure below 1, such as R², normal on the logarithm of its distance from 1.</summary>
    /// <param name="value">The estimate.</param>
    /// <param name="variance">Its sampling variance.</param>
    /// <param name="level">The confidence level, above 0 and below 1.</param>
    /// <returns>Null at 1, above it, and without variance.</returns>
    public static Interval? BelowOne(double value, double variance, double level)
    {
        if (!(value < 1 && variance > LeastVariance))
        {
            return null;
        }

        double factor = Math.Exp(NormalQuantile.TwoSided(level) * Math.Sqrt(variance) / (1 - value));
        return new Interval(1 - ((1 - value) * factor), 1 - ((1 - value) / factor));
    }

    /// <summary>Of a figure without edges.</summary>
    /// <param name="value">The estimate.</param>
    /// <param name="variance">Its sampling variance.</param>
    /// <param name="level">The confidence level, above 0 and below 1.</param>
    /// <returns>Null without variance.</returns>
    public static Interval? Plain(double value, double variance, double level)
    {
        if (!(variance > LeastVariance) || !double.IsFinite(value))
        {
            return null;
        }

        double error = NormalQuantile.TwoSided(level) * Math.Sqrt(variance);
        return new Interval(value - error, value + error);
    }
}
