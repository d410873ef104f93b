using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Sampling;

namespace Governance.Audit.Tests.Explanations.Sampling;

public sealed class OddRegressionTests
{
    private const int Players = 7;
    private const double Noise = 0.05;

    private static readonly OddKernel Kernel = new([0.5, 0.1, 0.6, 0.3, 0.3, 0.2, 0.4], 0.5);

    [Fact]
    public void A_left_out_residual_is_that_of_a_regression_without_the_value()
    {
        PairedCoalitions design = PairedCoalitions.Draw(Players, 40, new SeededRandom(1, 0));
        int[] which = [.. Enumerable.Range(0, design.Pairs).Select(pair => 2 * pair)];
        SeededRandom random = new(2, 0);
        double[] odd = [.. which.Select(_ => random.NextDouble() - 0.5)];
        OddRegression regression = OddRegression.Prepare(Kernel, design.Coalitions, which, Noise)!;
        double[] residuals = new double[which.Length];
        regression.LeftOut(regression.Fit(0.3, odd), residuals);

        for (int left = 0; left < which.Length; left++)
        {
            OddRegression others = OddRegression.Prepare(Kernel, design.Coalitions, [.. which.Where((_, i) => i != left)], Noise)!;
            double[] predicted = new double[1];
            others.Predict(
                design.Coalitions.Bits(which[left]), [others.Fit(0.3, [.. odd.Where((_, i) => i != left)])], predicted, new double[others.Count]);
            Assert.Equal(odd[left] - predicted[0], residuals[left], 1e-11);
        }
    }

    // The estimate is linear in the game: its error under the kernel is worked out over all 63 pairs with full matrices.
    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(100)]
    public void The_left_out_factor_is_the_variance_over_what_the_residuals_show(int samples)
    {
        PairedCoalitions design = PairedCoalitions.Draw(Players, samples, new SeededRandom(4, 0));
        PairedCoalitions all = PairedCoalitions.Draw(Players, 1 << Players, new SeededRandom(0, 0));
        int[] learned = [.. Enumerable.Range(0, design.Pairs)];
        OddRegression regression = OddRegression.Prepare(Kernel, design.Coalitions, [.. learned.Select(pair => 2 * pair)], Noise)!;
        double[] factors = LeftOutFactor.Of(design, regression, learned);
        int[] place = [.. learned.Select(pair => Place(all, design, pair))];

        for (int player = 0; player < Players; player++)
        {
            // weights[p]: what the estimate less the truth makes of the odd part of pair p; the last is the full coalition.
            double[] weights = new double[all.Pairs + 1];
            for (int p = 0; p < all.Pairs; p++)
            {
                weights[p] = -Influence(all, p, player);
            }

            weights[^1] = -2.0 / Players;
            double shown = 0;
            for (int seen = -1; seen < learned.Length; seen++)
            {
                double[] unit = new double[learned.Length];
                double full = seen < 0 ? 1 : 0;
                if (seen >= 0)
                {
                    unit[seen] = 1;
                }

                weights[seen < 0 ? ^1 : place[seen]] += Estimate(design, regression, full, unit, player);
                if (seen >= 0)
                {
                    double influence = Influence(design, seen, player);
                    shown += influence * influence * design.Unsampled[design.Bands[seen]] / regression.InverseDiagonal[seen + 1];
                }
            }

            Assert.Equal(Math.Max(1, Variance(all, weights) / shown), factors[player], 1e-6);
        }
    }

    private static double Estimate(PairedCoalitions design, OddRegression regression, double full, double[] odd, int player)
    {
        double[] coefficients = regression.Fit(full, odd);
        double[] left = new double[odd.Length];
        double[] attribution = new double[Players];
        regression.LeftOut(coefficients, left);
        regression.AddShapley(coefficients, attribution);
        double value = attribution[player];
        for (int pair = 0; pair < odd.Length; pair++)
        {
            double chance = design.Chances[pair];
            value += Influence(design, pair, player) * (((1 - chance) * left[pair]) + (chance * regression.Noise * coefficients[pair + 1]));
        }

        return value;
    }

    private static double Variance(PairedCoalitions all, double[] weights)
    {
        CoalitionSet full = new(Players, 1);
        for (int player = 0; player < Players; player++)
        {
            full.Add(0, player);
        }

        double variance = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            for (int j = 0; j < weights.Length; j++)
            {
                variance += weights[i] * weights[j] * Kernel.Covariance(Bits(i), Bits(j));
            }

            variance += i < all.Pairs ? weights[i] * weights[i] * Noise : 0;
        }

        return variance;

        ReadOnlySpan<ulong> Bits(int pair) => pair < all.Pairs ? all.Coalitions.Bits(2 * pair) : full.Bits(0);
    }

    private static double Influence(PairedCoalitions design, int pair, int player)
    {
        PairInfluence influence = PairInfluence.Of(design, pair);
        return design.Coalitions.Contains(2 * pair, player) ? influence.Member : influence.Other;
    }

    private static int Place(PairedCoalitions all, PairedCoalitions design, int pair) =>
        Enumerable.Range(0, all.Pairs).Single(p => all.Coalitions.Bits(2 * p)[0] == design.Coalitions.Bits(2 * pair)[0]);
}
