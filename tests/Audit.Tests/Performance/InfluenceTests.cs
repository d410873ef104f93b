using Governance.Audit.Explanations;
using Governance.Audit.Performance;

namespace Governance.Audit.Tests.Performance;

/// <summary>An influence is a slope: it is checked against moving a row's weight a little, for every metric that has one.</summary>
public sealed class InfluenceTests
{
    private const double Step = 1e-5;

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Of_binary_metrics_are_slopes_in_the_weights(int seed, bool weighted)
    {
        PerformanceOptions options = new() { Label = "y", Beta = 2, Costs = new DecisionCosts(1, 5) };
        BinaryDecisions rows = Given(seed, weighted);
        BinaryMetrics metrics = new(rows, options);

        AssertSlopes(metrics.Names, metrics.Compute, BinaryInfluence.Of(metrics, options), rows.Weight.ToArray(), rows.Rows, 0.03);
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public void Of_choices_among_classes_are_slopes_in_the_weights(int seed, bool weighted)
    {
        ClassPredictions rows = GivenClasses(seed, weighted);
        ClassMetrics metrics = new(rows, new PerformanceOptions { Label = "y" });

        AssertSlopes(metrics.Names, metrics.Compute, ClassInfluence.Of(metrics), rows.Weight ?? [], rows.Label.Length, 0.04);
    }

    [Theory]
    [InlineData(5, false)]
    [InlineData(6, true)]
    public void Of_numbers_are_slopes_in_the_weights(int seed, bool weighted)
    {
        SeededRandom random = new(seed, 0);
        double[] truth = [.. Enumerable.Range(0, 60).Select(_ => 1 + (4 * random.NextDouble()))];
        NumberPredictions rows = new(
            truth, [.. truth.Select(value => value + random.NextDouble() - 0.4)], null, null,
            weighted ? [.. truth.Select(_ => 0.5 + random.NextDouble())] : []);
        PerformanceOptions options = new() { Label = "y", Quantile = 0.8 };
        RegressionMetrics metrics = new(rows, options);

        AssertSlopes(metrics.Names, metrics.Compute, RegressionInfluence.Of(rows, options), rows.Weight, 60, 0);
    }

    // DeLong's variance by the closed form that the areas come with, and by the influences.
    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    public void Of_areas_give_DeLongs_variance(int seed)
    {
        BinaryDecisions rows = Given(seed, weighted: false);
        int[] order = RankOrder.Ascending(rows.Score);
        double[] influence = new double[rows.Rows];
        AucEstimate[] area = new AucEstimate[1];

        RocAuc.Compute(order, rows.Score, rows.Label, rows.Weight, [], area);
        AucInfluence.Add(order, rows.Score, rows.Label, rows.Weight, 1, influence);

        Assert.Equal(area[0].Variance, PairedDifference.Variance(influence, new double[rows.Rows], rows.Weight), 1e-12);
    }

    // DeLong's factor n / (n − 1) under the root is the one difference between influence and slope: `extra` of slack for areas.
    private static void AssertSlopes(
        IReadOnlyList<string> names, WeightedMetrics compute, IReadOnlyDictionary<string, Func<double[]>> slopes, double[] weight, int rows, double extra)
    {
        double[] own = weight.Length == 0 ? [.. Enumerable.Repeat(1.0, rows)] : [.. weight];
        double total = own.Sum();
        Assert.NotEmpty(slopes);
        Dictionary<string, double[]> influences = slopes.ToDictionary(pair => pair.Key, pair => pair.Value());
        for (int row = 0; row < rows; row += 7)
        {
            double kept = own[row];
            double[] up = new double[names.Count];
            double[] down = new double[names.Count];
            own[row] = kept + Step;
            compute(own, up);
            own[row] = kept - Step;
            compute(own, down);
            own[row] = kept;
            foreach ((string metric, double[] influence) in influences)
            {
                int i = names.ToList().IndexOf(metric);
                double slope = (up[i] - down[i]) / (2 * Step) * total;
                double slack = metric.Contains("auc") || metric == "gini" ? extra : 0;
                Assert.True(Math.Abs(slope - influence[row]) <= 1e-4 + (slack * Math.Abs(slope)), $"{metric} row {row}: slope {slope}, influence {influence[row]}");
            }
        }
    }

    private static BinaryDecisions Given(int seed, bool weighted)
    {
        SeededRandom random = new(seed, 0);
        double[] score = [.. Enumerable.Range(0, 80).Select(_ => Math.Round(random.NextDouble(), 1))];
        return new BinaryDecisions(
            "1", "1", [.. score.Select(value => (sbyte)(random.NextDouble() < (value + 0.5) / 2 ? 1 : 0))],
            [.. score.Select(value => (sbyte)(value >= 0.5 ? 1 : 0))], score,
            weighted ? [.. score.Select(_ => 0.5 + random.NextDouble())] : null);
    }

    private static ClassPredictions GivenClasses(int seed, bool weighted)
    {
        SeededRandom random = new(seed, 0);
        const int Rows = 90;
        double[][] raw = [.. Enumerable.Range(0, 3).Select(_ => new double[Rows])];
        int[] label = new int[Rows];
        int[] prediction = new int[Rows];
        for (int row = 0; row < Rows; row++)
        {
            double[] p = [random.NextDouble(), random.NextDouble(), random.NextDouble()];
            for (int k = 0; k < 3; k++)
            {
                raw[k][row] = p[k] / p.Sum();
            }

            prediction[row] = Array.IndexOf(p, p.Max());
            label[row] = random.NextDouble() < 0.6 ? prediction[row] : random.NextBelow(3);
        }

        double[]? weight = weighted ? [.. label.Select(_ => 0.5 + random.NextDouble())] : null;
        return new ClassPredictions(["a", "b", "c"], label, prediction, raw, weight);
    }
}
