using Governance.Audit.Drift;
using Governance.Audit.Explanations;

namespace Governance.Audit.Tests.Drift;

public sealed class SequentialThresholdTests
{
    // Exponential values, so that a normal threshold would alarm too often: the promise is about the reference's own shape.
    [Fact]
    public void A_calibrated_threshold_keeps_its_run_length_and_sees_a_shift()
    {
        const double RunLength = 400;
        double[] reference = Exponential(1, 2_000, 0);

        SequentialThreshold calm = SequentialThreshold.Calibrated(reference, RunLength, 200, 1);
        int alarms = Exponential(2, 60_000, 0).Count(calm.Add);
        SequentialThreshold watch = SequentialThreshold.Calibrated(reference, RunLength, 200, 1);
        int first = Array.FindIndex(Exponential(3, 400, 1), watch.Add);

        // 150 alarms are promised in 60,000 values; the reference is one sample, whose mean is off by 2 % of a deviation.
        Assert.InRange(alarms, 75, 225);
        Assert.InRange(first, 0, 40);
        Assert.Contains("400 values on average", calm.Promise, StringComparison.Ordinal);
    }

    [Fact]
    public void Bets_against_the_mean_stay_far_within_their_budget_and_see_a_shift()
    {
        double[] reference = Exponential(1, 5_000, 0);

        SequentialThreshold calm = SequentialThreshold.Anytime(reference, 1_000);
        SequentialThreshold watch = SequentialThreshold.Anytime(reference, 1_000);

        Assert.InRange(Exponential(2, 50_000, 0).Count(calm.Add), 0, 50);
        Assert.InRange(Array.FindIndex(Exponential(3, 1_000, 1), watch.Add), 0, 150);
    }

    // A p value that is uniform turns into bets of expectation 1; ten of 0.01 in a row are worth far more than 1,000.
    [Fact]
    public void P_values_of_windows_add_up_to_evidence()
    {
        SeededRandom random = new(5, 0);
        SequentialThreshold calm = SequentialThreshold.OfPValues(500);
        int alarms = 0;
        for (int look = 0; look < 100_000; look++)
        {
            alarms += calm.Add(random.NextDouble()) ? 1 : 0;
        }

        SequentialThreshold watch = SequentialThreshold.OfPValues(500);
        int needed = Enumerable.Range(1, 50).First(_ => watch.Add(0.01));

        Assert.InRange(alarms, 0, 200);
        Assert.InRange(needed, 2, 10);
    }

    // ∫₀¹ e(p) dp = 1: the bet is fair. By the substitution p = exp(−t), and Simpson's rule over t up to 2,000.
    [Fact]
    public void The_bet_on_a_p_value_is_fair()
    {
        double sum = 0;
        const int Steps = 400_000;
        const double Width = 2_000.0 / Steps;
        for (int i = 0; i <= Steps; i++)
        {
            double t = i * Width;
            double value = t < 1e-4 ? 0.5 : (1 - Math.Exp(-t) - (t * Math.Exp(-t))) / (t * t);
            sum += value * (i == 0 || i == Steps ? 1 : i % 2 == 1 ? 4 : 2);
        }

        // The rest of the integral beyond is 1 / 2,000 to first order.
        Assert.Equal(1, (sum * Width / 3) + (1.0 / 2_000), 1e-6);
    }

    [Fact]
    public void Budgets_and_references_outside_their_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SequentialThreshold.OfPValues(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SequentialThreshold.Anytime(new double[19], 100));
        Assert.Throws<ArgumentException>(() => SequentialThreshold.Anytime([.. Enumerable.Repeat(double.NaN, 30)], 100));
    }

    private static double[] Exponential(int seed, int count, double shift)
    {
        SeededRandom random = new(seed, 7);
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = shift - Math.Log(1 - random.NextDouble());
        }

        return values;
    }
}
