namespace Governance.Audit.Drift.Distances;

/// <summary>Binomial probabilities to nearly all digits of a double.</summary>
/// <remarks>Loader, "Fast and accurate computation of binomial probabilities" (2000): the saddle-point form.</remarks>
internal static class Binomial
{
    private static readonly double[] SmallErrors = MakeSmallErrors();

    /// <summary>C(n, k) p^k (1 − p)^(n − k).</summary>
    /// <param name="k">In 1 … n.</param>
    /// <param name="n">Whole, at least 1.</param>
    /// <param name="expected">n·p.</param>
    /// <param name="rest">n·(1 − p), above 0.</param>
    public static double At(double k, double n, double expected, double rest) => k >= n
        ? Math.Exp(n * Math.Log(expected / n))
        : Math.Sqrt(n / (2 * Math.PI * k * (n - k)))
            * Math.Exp(StirlingError(n) - StirlingError(k) - StirlingError(n - k) - Deviance(k, expected) - Deviance(n - k, rest));

    /// <summary>log n! minus Stirling's formula for it.</summary>
    /// <param name="n">Whole, at least 1.</param>
    public static double StirlingError(double n)
    {
        if (n < SmallErrors.Length)
        {
            return SmallErrors[(int)n];
        }

        double square = n * n;
        return ((1 / 12.0) - (((1 / 360.0) - (((1 / 1260.0) - ((1 / 1680.0) - (1 / 1188.0 / square)) / square) / square)) / square)) / n;
    }

    // x log(x / m) + m − x, by a series where the two are close and the formula would cancel.
    private static double Deviance(double x, double m)
    {
        if (Math.Abs(x - m) >= 0.1 * (x + m))
        {
            return (x * Math.Log(x / m)) + m - x;
        }

        double v = (x - m) / (x + m);
        double sum = (x - m) * v;
        double term = 2 * x * v;
        for (int j = 1; j < 1_000; j++)
        {
            term *= v * v;
            double next = sum + (term / ((2 * j) + 1));
            if (next == sum)
            {
                break;
            }

            sum = next;
        }

        return sum;
    }

    private static double[] MakeSmallErrors()
    {
        double[] errors = new double[20];
        double factorial = 1;
        for (int n = 1; n < errors.Length; n++)
        {
            factorial *= n;
            errors[n] = Math.Log(factorial) - ((n + 0.5) * Math.Log(n)) + n - (0.5 * Math.Log(2 * Math.PI));
        }

        return errors;
    }
}
