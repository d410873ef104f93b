using Governance.Audit.Explanations;
using Governance.Audit.Fairness;
using Governance.Audit.Performance;
using Governance.Audit.Statistics;
using Governance.Audit.Statistics.Resampling;

namespace Governance.Audit.Tests.Fairness;

/// <summary>A small version of the benchmark <c>coverage-fairness</c>: 2,000 data sets a cell in place of 10,000.</summary>
public sealed class CoverageTests
{
    private const int Sets = 2_000;
    private const int Groups = 5;

    [Theory]
    [InlineData(100, 0.2, 1)]
    [InlineData(100, 0.2, 0.8)]
    [InlineData(1_000, 0.05, 1)]
    [InlineData(1_000, 0.5, 0.8)]
    public void Intervals_of_rates_differences_and_ratios_hold_the_truth_nineteen_times_of_twenty(int rows, double rate, double ratio)
    {
        (int one, int difference, int quotient) = (0, 0, 0);
        for (int set = 0; set < Sets; set++)
        {
            double[] shares = Draw(set, rows, rate * ratio, rate);
            one += Holds(WilsonInterval.Compute(shares[1], rows, 0.95), rate);
            difference += Holds(NewcombeInterval.Compute(shares[0], rows, shares[1], rows, 0.95), rate * (ratio - 1));
            quotient += Holds(LogRatioInterval.Compute(shares[0], rows, shares[1], rows, 0.95), ratio);
        }

        // A share of 0.95 in 2,000 sets has a standard error of 0.005.
        foreach (int held in (int[])[one, difference, quotient])
        {
            Assert.InRange(held / (double)Sets, 0.935, 0.985);
        }
    }

    [Theory]
    [InlineData(30, 0.2, 1)]
    [InlineData(100, 0.2, 1)]
    [InlineData(100, 0.5, 0.8)]
    [InlineData(1_000, 0.05, 1)]
    public void Summaries_of_five_groups_hold_the_truth_even_where_all_are_alike(int rows, double rate, double ratio)
    {
        double z = NormalQuantile.TwoSided(1 - (0.05 / 10));
        (int difference, int quotient, int asked) = (0, 0, 0);
        for (int set = 0; set < Sets; set++)
        {
            double[] shares = Draw(set, rows, rate * ratio, rate, rate, rate, rate);
            GroupFigures[] groups = [.. shares.Select(share => new GroupFigures(
                "", rows, rows, new Dictionary<string, Figure> { ["selection_rate"] = Figure.Of(new Rate(share, rows, rows)) }))];
            FigureSpread spread = new(groups, groups[0], "selection_rate", Comparison.Groups);
            difference += Holds(spread.DifferenceInterval(z)!.Value, rate * (1 - ratio));
            if (spread.RatioInterval(z) is Interval interval)
            {
                asked++;
                quotient += Holds(interval, ratio);
            }
        }

        Assert.True(difference >= 0.94 * Sets, $"{difference} of {Sets}");
        Assert.True(quotient >= 0.94 * asked, $"{quotient} of {asked}");
    }

    [Theory]
    [InlineData(30, 0.2)]
    [InlineData(100, 0.5)]
    [InlineData(1_000, 0.05)]
    public void Under_the_null_a_family_of_ten_pairs_raises_a_false_alarm_in_at_most_one_of_twenty(int rows, double rate)
    {
        int alarms = 0;
        for (int set = 0; set < Sets; set++)
        {
            double[] shares = Draw(set, rows, rate, rate, rate, rate, rate);
            double[] p = [.. from i in Enumerable.Range(0, Groups)
                             from j in Enumerable.Range(i + 1, Groups - i - 1)
                             select TwoProportions.PValue(shares[i], rows, shares[j], rows, false)];
            alarms += MultipleTests.Holm(p).Min() <= 0.05 ? 1 : 0;
        }

        Assert.True(alarms <= 0.057 * Sets, $"{alarms} of {Sets}");
    }

    private static int Holds(Interval interval, double truth) => interval.Low <= truth + 1e-12 && truth - 1e-12 <= interval.High ? 1 : 0;

    private static double[] Draw(int set, int rows, params double[] rates)
    {
        double[] shares = new double[rates.Length];
        for (int group = 0; group < rates.Length; group++)
        {
            SeededRandom random = new(rows, ((long)set * Groups) + group);
            shares[group] = (double)BinomialDraw.Next(ref random, rows, rates[group]) / rows;
        }

        return shares;
    }
}
