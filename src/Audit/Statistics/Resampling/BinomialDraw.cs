using Governance.Audit.Explanations;
using MathNet.Numerics;

namespace Governance.Audit.Statistics.Resampling;

/// <summary>Binomial numbers from a seeded stream.</summary>
/// <remarks>
/// Up to 10 expected hits by inversion (one uniform number, walked down the probabilities), above by Hörmann's transformed
/// rejection BTRS (1993, Journal of Statistical Computation and Simulation 46, 101–110), which takes about 1.2 pairs of
/// uniform numbers whatever the size. Both are exact to the precision of doubles.
/// </remarks>
public static class BinomialDraw
{
    private const double MostInverted = 10;

    /// <summary>The number of hits among independent trials.</summary>
    /// <param name="random">The stream; advanced.</param>
    /// <param name="trials">At least 0.</param>
    /// <param name="chance">Of a hit in one trial; held inside [0, 1].</param>
    /// <returns>In 0 … <paramref name="trials"/>.</returns>
    public static int Next(ref SeededRandom random, int trials, double chance)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(trials);
        if (trials == 0 || !(chance > 0))
        {
            return 0;
        }

        if (chance >= 1)
        {
            return trials;
        }

        if (chance > 0.5)
        {
            return trials - Next(ref random, trials, 1 - chance);
        }

        return trials * chance <= MostInverted ? Inverted(ref random, trials, chance) : Rejected(ref random, trials, chance);
    }

    private static int Inverted(ref SeededRandom random, int trials, double chance)
    {
        double odds = chance / (1 - chance);
        double uniform = random.NextDouble();
        double probability = Math.Exp(trials * double.LogP1(-chance));
        for (int hits = 0; hits < trials; hits++)
        {
            if (uniform < probability)
            {
                return hits;
            }

            uniform -= probability;
            probability *= odds * (trials - hits) / (hits + 1);
            if (probability < 1e-300 && hits > trials * chance)
            {
                return hits;
            }
        }

        return trials;
    }

    private static int Rejected(ref SeededRandom random, int trials, double chance)
    {
        double spread = Math.Sqrt(trials * chance * (1 - chance));
        double b = 1.15 + (2.53 * spread);
        double a = -0.0873 + (0.0248 * b) + (0.01 * chance);
        double centre = (trials * chance) + 0.5;
        double v = 0.92 - (4.2 / b);
        double alpha = (2.83 + (5.1 / b)) * spread;
        double mode = Math.Floor((trials + 1) * chance);
        double peak = Log(trials, mode) + (mode * Math.Log(chance / (1 - chance)));
        while (true)
        {
            double u = random.NextDouble() - 0.5;
            double height = random.NextDouble();
            double us = 0.5 - Math.Abs(u);
            double hits = Math.Floor((((2 * a / us) + b) * u) + centre);
            if (!(hits >= 0 && hits <= trials))
            {
                continue;
            }

            if (us >= 0.07 && height <= v)
            {
                return (int)hits;
            }

            double bound = Math.Log(height * alpha / ((a / (us * us)) + b));
            if (bound <= Log(trials, hits) + (hits * Math.Log(chance / (1 - chance))) - peak)
            {
                return (int)hits;
            }
        }
    }

    // The logarithm of the number of ways, up to the factor trials! that all share.
    private static double Log(int trials, double hits) =>
        -SpecialFunctions.GammaLn(hits + 1) - SpecialFunctions.GammaLn(trials - hits + 1);
}
