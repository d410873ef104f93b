namespace Governance.Audit.Theft.Detection;

/// <summary>What a p value is worth as a bet against it: an e value.</summary>
/// <remarks>
/// The mixture over κ of the bets κ·p^(κ−1): (1 − p + p ln p) / (p ln² p), whose mean is 1 under a uniform p (Vovk and
/// Wang, "E-values: calibration, combination and applications", Annals of Statistics 49 (2021) 1736–1754, equation 1).
/// </remarks>
public static class PowerEvidence
{
    /// <summary>Below this no more is won.</summary>
    public const double LeastP = 1e-9;

    /// <summary>The e value.</summary>
    /// <param name="p">In [0, 1].</param>
    /// <returns>From 1/2 at p = 1 upwards.</returns>
    public static double Of(double p)
    {
        p = Math.Max(p, LeastP);
        if (p > 0.999)
        {
            // The quotient of two differences that vanish at 1; its series there is 1/2 + (1 − p)/6 + ….
            return 0.5 + ((1 - p) / 6);
        }

        double log = Math.Log(p);
        return (1 - p + (p * log)) / (p * log * log);
    }

    /// <summary>The e value of one bet of the family, κ·p^(κ−1): the smaller κ, the more is staked on very small p alone.</summary>
    /// <param name="p">In [0, 1].</param>
    /// <param name="power">κ, in (0, 1).</param>
    public static double OfPower(double p, double power) => power * Math.Pow(Math.Max(p, LeastP), power - 1);

    /// <summary>The e value of a bet on the smallest p values alone: a part of the stake is kept, the rest is put on p ≤ τ.</summary>
    /// <param name="p">In [0, 1].</param>
    /// <param name="threshold">τ, in (0, 1].</param>
    /// <param name="kept">The part that cannot be lost, in [0, 1].</param>
    /// <param name="allowance">
    /// How many times as often as a uniform p may fall under τ without the bet gaining on average, at least 1.
    /// </param>
    public static double OfThreshold(double p, double threshold, double kept, double allowance = 1) =>
        kept + (p <= threshold ? (1 - kept) / (threshold * allowance) : 0);
}
