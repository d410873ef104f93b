using Governance.Audit.Performance;

namespace Governance.Audit.Tests.Performance;

public sealed class RankingTests
{
    // The example of scikit-learn's documentation: labels 0 0 1 1, scores 0.1 0.4 0.35 0.8.
    [Fact]
    public void Area_and_average_precision_of_four_rows()
    {
        double[] score = [0.1, 0.4, 0.35, 0.8];
        sbyte[] label = [0, 0, 1, 1];

        Assert.Equal(0.75, Area(score, label, []).Area, 1e-15);
        Assert.Equal(0.5 + (0.5 * 2 / 3), PrecisionRecall.Areas(RankOrder.Ascending(score), score, label, []).Steps, 1e-15);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    public void Area_and_variance_agree_with_comparing_every_pair(int seed, bool weighted)
    {
        (double[] score, sbyte[] label, double[] weight, _) = Rows(seed, 200, weighted);

        AucEstimate estimate = Area(score, label, weight);

        (double area, double variance) = ByPairs(score, label, weight);
        Assert.Equal(area, estimate.Area, 1e-12);
        Assert.Equal(variance, estimate.Variance, 1e-12);
    }

    [Fact]
    public void Groups_have_the_areas_of_their_own_rows()
    {
        (double[] score, sbyte[] label, double[] weight, int[] group) = Rows(4, 300, weighted: true);
        AucEstimate[] areas = new AucEstimate[3];

        RocAuc.Compute(RankOrder.Ascending(score), score, label, weight, group, areas);

        for (int g = 0; g < areas.Length; g++)
        {
            int[] own = [.. Enumerable.Range(0, score.Length).Where(row => group[row] == g && label[row] >= 0)];
            AucEstimate alone = Area(Take(score, own), Take(label, own), Take(weight, own));
            Assert.Equal(alone.Area, areas[g].Area, 1e-13);
            Assert.Equal(alone.Variance, areas[g].Variance, 1e-13);
        }
    }

    [Fact]
    public void Average_precision_agrees_with_its_definition_threshold_by_threshold()
    {
        (double[] score, sbyte[] label, double[] weight, _) = Rows(5, 200, weighted: true);
        double positives = Enumerable.Range(0, 200).Where(row => label[row] == 1).Sum(row => weight[row]);
        double expected = 0;
        double recall = 0;
        foreach (double threshold in score.Where((_, row) => label[row] >= 0).Distinct().OrderDescending())
        {
            int[] chosen = [.. Enumerable.Range(0, 200).Where(row => score[row] >= threshold && label[row] >= 0)];
            double hits = chosen.Where(row => label[row] == 1).Sum(row => weight[row]);
            expected += ((hits / positives) - recall) * hits / chosen.Sum(row => weight[row]);
            recall = hits / positives;
        }

        Assert.Equal(expected, PrecisionRecall.Areas(RankOrder.Ascending(score), score, label, weight).Steps, 1e-12);
    }

    [Fact]
    public void One_class_alone_has_no_area()
    {
        Assert.False(Area([0.1, 0.2], [1, 1], []).IsDefined);
        Assert.True(double.IsNaN(PrecisionRecall.Areas([0, 1], [0.1, 0.2], [0, 0], []).Steps));
    }

    [Fact]
    public void Perfect_separation_has_no_interval()
    {
        AucEstimate area = Area([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1], []);

        Assert.Equal(1, area.Area);
        Assert.Null(area.DeLong(0.95));
    }

    internal static (double[] Score, sbyte[] Label, double[] Weight, int[] Group) Rows(int seed, int rows, bool weighted)
    {
        Random random = new(seed);
        double[] score = new double[rows];
        sbyte[] label = new sbyte[rows];
        double[] weight = new double[weighted ? rows : 0];
        int[] group = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            score[row] = Math.Round(random.NextDouble(), 1);
            label[row] = (sbyte)(random.NextDouble() < 0.05 && weighted ? -1 : random.NextDouble() < score[row] ? 1 : 0);
            group[row] = random.Next(-1, 3);
            if (weighted)
            {
                weight[row] = random.Next(0, 5) / 2.0;
            }
        }

        return (score, label, weight, group);
    }

    private static AucEstimate Area(double[] score, sbyte[] label, double[] weight)
    {
        AucEstimate[] areas = new AucEstimate[1];
        RocAuc.Compute(RankOrder.Ascending(score), score, label, weight, [], areas);
        return areas[0];
    }

    private static (double Area, double Variance) ByPairs(double[] score, sbyte[] label, double[] weight)
    {
        double W(int row) => weight.Length == 0 ? 1 : weight[row];
        int[] positives = [.. Enumerable.Range(0, score.Length).Where(row => label[row] == 1)];
        int[] negatives = [.. Enumerable.Range(0, score.Length).Where(row => label[row] == 0)];
        double Wins(int p, int n) => score[p] > score[n] ? 1 : score[p] == score[n] ? 0.5 : 0;
        double m = positives.Sum(W);
        double k = negatives.Sum(W);
        double[] up = [.. positives.Select(p => negatives.Sum(n => W(n) * Wins(p, n)) / k)];
        double[] down = [.. negatives.Select(n => positives.Sum(p => W(p) * Wins(p, n)) / m)];
        double area = positives.Select((p, i) => W(p) * up[i]).Sum() / m;
        double first = positives.Select((p, i) => W(p) * Math.Pow(up[i] - area, 2)).Sum() / m / ((m * m / positives.Sum(p => W(p) * W(p))) - 1);
        double second = negatives.Select((n, i) => W(n) * Math.Pow(down[i] - area, 2)).Sum() / k / ((k * k / negatives.Sum(n => W(n) * W(n))) - 1);
        return (area, first + second);
    }

    private static T[] Take<T>(T[] values, int[] rows) => Array.ConvertAll(rows, row => values[row]);
}
