using Governance.Audit.Copies;

namespace Governance.Audit.Tests.Copies;

public sealed class ScoreAgreementTests
{
    // Two models are the shared baseline plus habits of their own; the share of common habit is known.
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    public void The_residual_correlation_is_that_of_the_habits(double common)
    {
        Random random = new(8);
        int n = 20_000;
        double[] plain = [.. Normal(n, random)];
        double[] habit = [.. Normal(n, random)];
        double[] own = [.. Normal(n, random)];
        ScoreTable model = Table([.. plain.Zip(habit, (p, h) => (5 * p) + h)]);
        ScoreTable suspect = Table([.. Enumerable.Range(0, n).Select(i => (3 * plain[i]) + (common * habit[i]) + (Math.Sqrt(1 - (common * common)) * own[i]))]);

        Agreement agreement = ScoreAgreement.Of(suspect, model, [Table(plain)]);

        Assert.Equal(common, agreement.Residual, 0.02);
        Assert.True(agreement.Correlation > 0.9);
    }

    [Fact]
    public void A_model_that_is_its_baseline_has_no_habits()
    {
        double[] plain = [.. Normal(500, new Random(1))];
        ScoreTable model = Table([.. plain.Zip(Normal(500, new Random(2)), (p, h) => p + h)]);

        Assert.Equal(0, ScoreAgreement.Of(Table([.. plain.Select(p => 2 * p)]), model, [Table(plain)]).Residual);
        Assert.Equal(1, ScoreAgreement.Explained(Table([.. plain.Select(p => (2 * p) - 7)]), [Table(plain)]), 1e-6);
    }

    [Fact]
    public void Exchanged_classes_are_put_back()
    {
        Random random = new(3);
        ScoreTable model = ScoreTable.OfProbabilities([.. Enumerable.Range(0, 300).Select(_ => random.NextDouble()).SelectMany(p => (double[])[1 - p, p])], 2);
        ScoreTable three = ScoreTable.OfProbabilities([.. Enumerable.Range(0, 300).SelectMany(_ => Share(random))], 3);
        double[] moved = [.. Enumerable.Range(0, three.Values.Length).Select(i => three.Values[(i / 3 * 3) + ((i + 1) % 3)])];

        (ScoreTable turned, bool flag) = ClassMatch.Align(new ScoreTable([.. model.Values.Select(v => -v)], 1, [.. model.Labels.Select(l => 1 - l)]), model)!.Value;
        (ScoreTable back, bool placed) = ClassMatch.Align(new ScoreTable(moved, 3, [.. three.Labels.Select(l => (l + 2) % 3)]), three)!.Value;

        Assert.True(flag && placed);
        Assert.Equal(model.Values, turned.Values);
        Assert.Equal(model.Labels, turned.Labels);
        Assert.Equal(three.Values, back.Values);
        Assert.Equal(three.Labels, back.Labels);
    }

    [Fact]
    public void The_limit_lies_beyond_the_best_control()
    {
        double limit = JudgeCopy.LimitOf([0.1, 0.2, 0.3, 0.25, 0.15, 0.22], habits: true);

        Assert.InRange(limit, 0.5, 0.6);
        Assert.True(JudgeCopy.LimitOf([0.7, 0.75, 0.8], habits: true) > 0.83);
        Assert.True(JudgeCopy.LimitOf([0.9], habits: false) >= 0.99);
    }

    private static ScoreTable Table(double[] values) => new(values, 1, []);

    private static IEnumerable<double> Normal(int count, Random random) => Enumerable.Range(0, count).Select(_ =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));

    private static double[] Share(Random random)
    {
        double[] weights = [random.NextDouble(), random.NextDouble(), random.NextDouble()];
        return [.. weights.Select(weight => weight / weights.Sum())];
    }
}
