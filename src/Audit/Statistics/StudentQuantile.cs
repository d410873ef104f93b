using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Governance.Audit.Statistics;

/// <summary>Quantiles of Student's t distribution, also far out in the tails of few degrees of freedom.</summary>
/// <remarks>
/// MathNet looks for the root within ±800 and throws where it lies farther out: one degree of freedom gets there at a tail of
/// 0.0004, which Bonferroni's bound over forty groups asks for, and weights that leave little more than one effective row get
/// there at 0.025. Beyond 800 the root is bisected in the logarithm of t.
/// </remarks>
public static class StudentQuantile
{
    private const double Reach = 800; // of MathNet
    private const double Farthest = 1e150; // the square of more is no number
    private const int Halvings = 64; // of ln t, 340 wide: beyond the last bit

    /// <summary>The t that a value stays below with probability <paramref name="p"/>.</summary>
    /// <param name="freedom">Degrees of freedom, above 0; they need not be whole.</param>
    /// <param name="p">From 0.5 to 1.</param>
    /// <returns>At least 0; +∞ where it is beyond 1e150 or <paramref name="p"/> is 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="freedom"/> or <paramref name="p"/> is out of its range.</exception>
    public static double At(double freedom, double p)
    {
        if (!(freedom > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(freedom), freedom, "Degrees of freedom lie above 0.");
        }

        if (!(p >= 0.5 && p <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(p), p, "The probability lies between 0.5 and 1.");
        }

        double tail = 1 - p;
        return Tail(freedom, Reach) < tail ? StudentT.InvCDF(0, 1, freedom, p)
            : Tail(freedom, Farthest) >= tail ? double.PositiveInfinity
            : Bisect(freedom, tail);
    }

    private static double Bisect(double freedom, double tail)
    {
        (double low, double high) = (Math.Log(Reach), Math.Log(Farthest));
        for (int halving = 0; halving < Halvings; halving++)
        {
            double middle = (low + high) / 2;
            (low, high) = Tail(freedom, Math.Exp(middle)) >= tail ? (middle, high) : (low, middle);
        }

        return Math.Exp((low + high) / 2);
    }

    // P(T > t) = I_x(ν/2, ½) / 2 with x = ν / (ν + t²): no difference of nearly equal numbers, so small tails keep their digits.
    private static double Tail(double freedom, double t) =>
        double.IsPositiveInfinity(freedom) ? 0 : 0.5 * SpecialFunctions.BetaRegularized(freedom / 2, 0.5, freedom / (freedom + (t * t)));
}
