namespace Governance.Audit.Performance;

/// <summary>What one predicted number costs, by several measures.</summary>
internal static class RowError
{
    /// <summary>The error as a share of the true value; NaN of a true 0.</summary>
    public static double Relative(double truth, double error) => truth == 0 ? double.NaN : Math.Abs(error / truth);

    /// <summary>The squared distance of ln(1 + value); NaN where a value is −1 or below.</summary>
    public static double SquaredLog(double truth, double predicted)
    {
        double distance = truth > -1 && predicted > -1 ? double.LogP1(predicted) - double.LogP1(truth) : double.NaN;
        return distance * distance;
    }

    /// <summary>The loss that a quantile minimises (Koenker and Bassett 1978, Econometrica 46, 33–50).</summary>
    /// <param name="error">Predicted less true.</param>
    /// <param name="quantile">In (0, 1).</param>
    public static double Pinball(double error, double quantile) => error > 0 ? (1 - quantile) * error : -quantile * error;

    /// <summary>The width of a prediction interval, and what it missed by over half of what it may miss (Gneiting and Raftery 2007, JASA 102, section 6.2).</summary>
    public static double Winkler(double truth, double lower, double upper, double coverage) =>
        upper - lower + (2 / (1 - coverage) * (Math.Max(0, lower - truth) + Math.Max(0, truth - upper)));
}
