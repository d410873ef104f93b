using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Robustness;
using Governance.Audit.Runs;
using Governance.Tests;

namespace Governance.Audit.Tests.Robustness;

public sealed class MeasureRobustnessTests
{
    // p = σ(3 a − 1.5): only a matters, so only a can be fragile; b may do what it likes.
    private static readonly byte[] OnlyA = GivenModel.Logistic([3, 0], -1.5f);

    [Fact]
    public void Without_noise_nothing_changes_and_with_more_noise_more_does()
    {
        using Loaded given = Loaded.Of(OnlyA, null, TwoColumns(400), "y");

        RobustnessReport report = given.Run("noise");

        RobustnessCurve curve = Assert.Single(report.Curves);
        Assert.Equal([0.05, 0.1, 0.2, 0.5, 1], curve.Points.Select(point => point.Strength));
        Assert.True(curve.Points[^1].FlipRate > curve.Points[0].FlipRate);
        Assert.True(curve.Points[^1].ScoreShift > 5 * curve.Points[0].ScoreShift);
        Assert.All(curve.Points, point => Assert.InRange(point.FlipRate, point.FlipInterval![0] - 1e-12, point.FlipInterval[1] + 1e-12));
        Assert.All(curve.Points, point => Assert.Equal(["accuracy", "roc_auc"], point.Metrics.Select(metric => metric.Metric)));
        Assert.Equal(1, report.Baseline[0].Value);
    }

    [Fact]
    public void The_column_that_the_model_looks_at_is_the_most_fragile_one()
    {
        using Loaded given = Loaded.Of(OnlyA, null, TwoColumns(300), "y");

        RobustnessReport report = given.Run("noise");

        Assert.Equal(["a", "b"], report.Fragile.Select(column => column.Column));
        Assert.True(report.Fragile[0].Noise.FlipRate > 0.05);
        Assert.Equal(0, report.Fragile[1].Noise.FlipRate);
        Assert.Equal(0, report.Fragile[1].Noise.ScoreShift);

        // None of 300 rows flipped: that is no proof that none ever will.
        Assert.InRange(report.Fragile[1].Noise.FlipInterval![1], 0.005, 0.02);
    }

    // With 2 values a column in [0, 1] becomes 0 or 1, so the answers are those of a rounded.
    [Fact]
    public void Coarse_numbers_give_the_answers_of_rounded_ones()
    {
        Table table = TwoColumns(200);
        using Loaded given = Loaded.Of(OnlyA, null, table, "y");

        RobustnessPoint coarsest = given.Run("quantise").Curves[0].Points[^1];

        double shift = Enumerable.Range(0, table.Rows).Average(row => Math.Abs(Sigma((3 * Math.Round(table.Need("a").Number(row))) - 1.5) - Sigma((3 * table.Need("a").Number(row)) - 1.5)));
        Assert.Equal(2, coarsest.Strength);
        Assert.Equal(shift, coarsest.ScoreShift, 1e-6);
        Assert.Equal(0, coarsest.FlipRate);
    }

    [Fact]
    public void Empty_cells_that_a_model_answers_with_no_number_are_counted_as_such()
    {
        using Loaded given = Loaded.Of(OnlyA, null, TwoColumns(400), "y");

        RobustnessPoint half = given.Run("missing").Curves[0].Points[^1];

        // Either of two cells is empty in three of four rows.
        Assert.InRange(half.NoAnswer, 0.69, 0.81);
        Assert.Equal(half.NoAnswer, half.FlipRate, 1e-12);
        Assert.Equal(1 - half.NoAnswer, half.Metrics[0].Value, 1e-12);
        Assert.True(double.IsNaN(half.Metrics[1].Value));
        Assert.Null(half.Metrics[1].Interval);
    }

    [Fact]
    public void Rows_that_the_model_cannot_answer_as_they_are_are_left_out_and_counted()
    {
        Table whole = TwoColumns(100);
        double[] holes = [.. Enumerable.Range(0, 100).Select(row => row % 10 == 3 ? double.NaN : whole.Need("a").Number(row))];
        Table table = new([new NumberColumn("a", holes), whole.Need("b"), whole.Need("y")]);
        using Loaded given = Loaded.Of(OnlyA, null, table, "y");
        using Loaded empty = Loaded.Of(OnlyA, null, table.Take([3, 13]), "y");

        RobustnessReport report = MeasureRobustness.Run(given.Request with { Tests = ["noise"], Weights = [.. Enumerable.Repeat(2.0, 100)] }, null, default);

        Assert.Equal(90, report.Rows);
        Assert.Equal(["10 rows for which the model gives no number as they are were left out."], report.Notes);
        Assert.Throws<InputException>(() => empty.Run("noise"));
    }

    [Fact]
    public void Columns_that_must_not_change_do_not()
    {
        using Loaded given = Loaded.Of(OnlyA, null, TwoColumns(200), "y");

        RobustnessReport report = MeasureRobustness.Run(given.Request with { Immutable = ["a"], Tests = ["noise", "range"] }, null, default);

        Assert.All(report.Curves, curve => Assert.Equal(["b"], curve.Changed));
        Assert.All(report.Curves.SelectMany(curve => curve.Points), point => Assert.Equal(0, point.ScoreShift));
    }

    [Fact]
    public void Whole_weights_are_repeated_rows()
    {
        Table table = TwoColumns(120);
        int[] repeated = [.. Enumerable.Range(0, table.Rows).SelectMany(row => Enumerable.Repeat(row, 1 + (row % 3)))];
        using Loaded weighted = Loaded.Of(OnlyA, null, table, "y");
        using Loaded again = Loaded.Of(OnlyA, null, table.Take(repeated), "y");

        RobustnessPoint one = MeasureRobustness.Run(
            weighted.Request with { Tests = ["quantise"], Weights = [.. Enumerable.Range(0, table.Rows).Select(row => 1.0 + (row % 3))] }, null, default).Curves[0].Points[2];
        RobustnessPoint other = again.Run("quantise").Curves[0].Points[2];

        Assert.Equal(other.FlipRate, one.FlipRate, 1e-12);
        Assert.Equal(other.ScoreShift, one.ScoreShift, 1e-12);
        Assert.Equal(other.Metrics[1].Value, one.Metrics[1].Value, 1e-12);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_does_not()
    {
        using Loaded given = Loaded.Of(OnlyA, null, TwoColumns(100), "y");
        string Bytes(int seed) => JsonSerializer.Serialize(MeasureRobustness.Run(given.Request with { Seed = seed }, null, default), ReportJson.Options);

        Assert.Equal(Bytes(1), Bytes(1));
        Assert.NotEqual(Bytes(1), Bytes(2));
    }

    [Fact]
    public void Without_a_label_answers_are_compared_and_nothing_else()
    {
        using Loaded given = Loaded.Of(OnlyA, null, new Table([.. TwoColumns(100).Columns.Take(2)]), null);

        RobustnessReport report = given.Run("noise");

        Assert.Empty(report.Baseline);
        Assert.True(report.Curves[0].Points[^1].FlipRate > 0);
    }

    [Theory]
    [InlineData("--repeats")]
    [InlineData("--bootstrap")]
    [InlineData("--level")]
    [InlineData("There is no test 'storm'")]
    [InlineData("takes no column 'z'")]
    public void Refuses_what_makes_no_sense(string sentence)
    {
        using Loaded given = Loaded.Of(OnlyA, null, TwoColumns(50), "y");
        RobustnessRequest request = sentence switch
        {
            "--repeats" => given.Request with { Repeats = 0 },
            "--bootstrap" => given.Request with { Resamples = 0 },
            "--level" => given.Request with { Level = 1 },
            "takes no column 'z'" => given.Request with { Immutable = ["z"] },
            _ => given.Request with { Tests = ["storm"] },
        };

        Assert.Contains(sentence, Assert.Throws<InputException>(() => MeasureRobustness.Run(request, null, default)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tests_that_do_not_fit_say_why()
    {
        using Loaded given = Loaded.Of(OnlyA, null, TwoColumns(50), "y");

        string[] others = ["shift", "rotate", "brightness", "token-drop"];

        RobustnessReport asked = MeasureRobustness.Run(given.Request with { Tests = others }, null, default);
        RobustnessReport report = given.Run();

        Assert.Equal(others, asked.Curves.Select(curve => curve.Test));
        Assert.All(asked.Curves.SkipLast(1), curve => Assert.Contains("takes no picture", curve.Refusal, StringComparison.Ordinal));
        Assert.Contains("takes no tokens", asked.Curves[^1].Refusal, StringComparison.Ordinal);
        Assert.DoesNotContain(report.Curves, curve => others.Contains(curve.Test)); // of all tests, those of the model's kind of input
        Assert.Equal("Outer numbers brought in to a quantile (winsorised)", Assert.Single(report.Curves, curve => curve.Test == "denoise").Title);
    }

    /// <summary>Columns a and b in [0, 1], and y, which is what the model says of a.</summary>
    internal static Table TwoColumns(int rows)
    {
        SeededRandom random = new(31, 0);
        double[] a = new double[rows];
        double[] b = new double[rows];
        for (int row = 0; row < rows; row++)
        {
            (a[row], b[row]) = (row switch { 0 => 0, 1 => 1, _ => random.NextDouble() }, random.NextDouble());
        }

        return new Table([new NumberColumn("a", a), new NumberColumn("b", b), new NumberColumn("y", Array.ConvertAll(a, value => (float)value * 3 - 1.5f >= 0 ? 1.0 : 0))]);
    }

    private static double Sigma(double z) => 1 / (1 + Math.Exp(-z));
}
