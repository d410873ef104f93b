using System.Text.Json.Nodes;
using Governance.Audit.Explanations;
using Governance.Audit.Training;

namespace Governance.Audit.Tests.Training;

public sealed class IsotonicRegressionTests
{
    [Fact]
    public void Gives_the_curve_of_scikit_learn()
    {
        (TrainingRows rows, double[] denied) = HmdaRows.Read("train");
        rows = HmdaRows.Weighted(rows);
        double[] ratio = [.. Enumerable.Range(0, rows.Count).Select(row => (double)rows.Row(row)[0])];
        JsonNode golden = HmdaRows.Goldens["isotonic"]!;

        IsotonicCurve curve = IsotonicRegression.Fit(ratio, denied, rows.Weights);

        Assert.Equal(
            golden["values"]!.AsArray().Select(value => (double)value!),
            golden["points"]!.AsArray().Select(point => curve.At((double)point!)), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    // The min-max formula (Robertson, Wright and Dykstra 1988, theorem 1.4.4): max over starts of min over ends of means.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Agrees_with_the_min_max_formula(int seed)
    {
        SeededRandom random = new(seed, 0);
        double[] x = new double[25];
        double[] y = new double[25];
        double[] w = new double[25];
        for (int i = 0; i < x.Length; i++)
        {
            (x[i], y[i], w[i]) = (i, random.NextDouble(), 0.1 + random.NextDouble());
        }

        IsotonicCurve curve = IsotonicRegression.Fit(x, y, w);

        for (int i = 0; i < x.Length; i++)
        {
            double value = Enumerable.Range(0, i + 1).Max(from => Enumerable.Range(i, x.Length - i).Min(to =>
                Enumerable.Range(from, to - from + 1).Sum(k => w[k] * y[k]) / Enumerable.Range(from, to - from + 1).Sum(k => w[k])));
            Assert.Equal(value, curve.At(i), 1e-12);
        }
    }

    [Fact]
    public void Rows_of_the_same_x_share_one_value_and_rows_of_weight_0_count_for_nothing()
    {
        IsotonicCurve curve = IsotonicRegression.Fit([1, 1, 2, 2], [0, 1, 9, 4], [1, 3, 0, 1]);

        Assert.Equal(0.75, curve.At(1));
        Assert.Equal(4, curve.At(2));
        Assert.Equal((0.75 + 4) / 2, curve.At(1.5), 1e-15);
        Assert.Equal([0.75, 4], [curve.At(-5), curve.At(99)]);
        Assert.True(double.IsNaN(curve.At(double.NaN)));
    }

    [Fact]
    public void Refuses_what_is_not_finite_or_has_no_weight()
    {
        Assert.Throws<ArgumentException>(() => IsotonicRegression.Fit([1, double.NaN], [0, 1], []));
        Assert.Throws<ArgumentException>(() => IsotonicRegression.Fit([1, 2], [0, 1], [0, 0]));
    }
}
