using Governance.Audit.Explanations;

namespace Governance.Audit.Drift.Noise;

/// <summary>Standard normal and gamma numbers from a seeded stream.</summary>
internal static class NormalDraw
{
    /// <summary>A standard normal number, by Marsaglia's polar method (1962), of which one of the pair is kept.</summary>
    public static double Next(ref SeededRandom random)
    {
        while (true)
        {
            double u = (2 * random.NextDouble()) - 1;
            double v = (2 * random.NextDouble()) - 1;
            double square = (u * u) + (v * v);
            if (square is > 0 and < 1)
            {
                return u * Math.Sqrt(-2 * Math.Log(square) / square);
            }
        }
    }

    /// <summary>A gamma number of scale 1: Marsaglia and Tsang (2000), ACM Transactions on Mathematical Software 26, 363–372.</summary>
    /// <param name="random">The stream; advanced.</param>
    /// <param name="shape">Above 0; below 1 by the power of a uniform number.</param>
    public static double Gamma(ref SeededRandom random, double shape)
    {
        if (shape < 1)
        {
            return Gamma(ref random, shape + 1) * Math.Pow(1 - random.NextDouble(), 1 / shape);
        }

        double d = shape - (1 / 3.0);
        double c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = Next(ref random);
            double v = 1 + (c * x);
            v = v * v * v;
            if (v > 0 && Math.Log(1 - random.NextDouble()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v)))
            {
                return d * v;
            }
        }
    }
}
