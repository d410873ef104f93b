using Governance.Audit.Training;

namespace Governance.Audit.Tests.Training;

public sealed class FitMultinomialTests
{
    // Which third of pirat a row lies in, from all other features.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Comes_to_scikit_learns_coefficients(int index)
    {
        System.Text.Json.Nodes.JsonNode golden = HmdaRows.Goldens["multinomial"]![index]!;
        (TrainingRows rows, _) = HmdaRows.Read("train");
        double[] bands = [.. Enumerable.Range(0, rows.Count).Select(row => (double)rows.Row(row)[0] >= 0.36 ? 2.0 : (double)rows.Row(row)[0] >= 0.3 ? 1 : 0)];
        TrainingRows rest = new(
            [.. rows.Names.Skip(1)], [.. Enumerable.Range(0, rows.Count).SelectMany(row => rows.Row(row)[1..].ToArray())],
            (bool)golden["weighted"]! ? [.. Enumerable.Range(0, rows.Count).Select(row => 1.0 + (row % 3))] : null);

        MultinomialModel model = FitMultinomial.Run(rest, bands, 3, (double)golden["penalty"]!, default);

        Assert.True(model.Converged);
        for (int k = 0; k < 3; k++)
        {
            Assert.Equal((double)golden["intercepts"]![k]!, model.Intercepts[k], 1e-4);
            Assert.All(Enumerable.Range(0, rest.Features), i => Assert.Equal((double)golden["coefficients"]![k]![i]!, model.Coefficients[k][i], 1e-5));
        }
    }

    // Two opposite forms β/2 and -β/2 with penalty λ cost as much as one form β with λ/2.
    [Theory]
    [InlineData(1)]
    [InlineData(0.01)]
    public void Two_classes_are_the_logistic_regression_of_half_the_penalty(double penalty)
    {
        (TrainingRows rows, double[] denied) = HmdaRows.Read("validation");

        MultinomialModel both = FitMultinomial.Run(rows, denied, 2, penalty, default);
        LogisticModel one = FitLogistic.Run(rows, denied, penalty / 2);

        Assert.True(both.Converged);
        for (int feature = 0; feature < rows.Features; feature++)
        {
            Assert.Equal(one.Coefficients[feature], both.Coefficients[1][feature] - both.Coefficients[0][feature], 1e-7);
        }

        Assert.Equal(one.Intercept, both.Intercepts[1] - both.Intercepts[0], 1e-7);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    public void At_the_optimum_every_slope_is_zero_and_forms_add_up_to_nothing(double penalty)
    {
        (TrainingRows rows, double[] classes) = Banded(300);
        rows = new TrainingRows(rows.Names, rows.Values, [.. Enumerable.Range(0, rows.Count).Select(row => 1.0 + (row % 3))]);

        MultinomialModel model = FitMultinomial.Run(rows, classes, 3, penalty, default);

        Assert.True(model.Converged);
        Assert.Equal(0, model.Intercepts.Sum(), 1e-9);
        for (int k = 0; k < 3; k++)
        {
            double intercept = 0;
            double[] slopes = [.. model.Coefficients[k].Select(coefficient => penalty * coefficient)];
            for (int row = 0; row < rows.Count; row++)
            {
                double slope = rows.Weights[row] * (model.Predict(rows.Row(row))[k] - (classes[row] == k ? 1 : 0));
                intercept += slope;
                for (int feature = 0; feature < slopes.Length; feature++)
                {
                    slopes[feature] += slope * rows.Row(row)[feature];
                }
            }

            Assert.Equal(0, intercept, 1e-7);
            Assert.All(slopes, slope => Assert.Equal(0, slope, 1e-6));
        }
    }

    [Fact]
    public void A_constant_feature_changes_nothing_and_a_class_that_never_occurs_gets_no_rows()
    {
        (TrainingRows rows, double[] classes) = Banded(200);
        float[] wider = [.. Enumerable.Range(0, rows.Count).SelectMany(row => (float[])[.. rows.Row(row), 3])];

        MultinomialModel plain = FitMultinomial.Run(rows, classes, 3, 0.1, default);
        MultinomialModel constant = FitMultinomial.Run(new TrainingRows(["a", "b", "c"], wider), classes, 3, 0.1, default);

        for (int row = 0; row < rows.Count; row++)
        {
            double[] expected = plain.Predict(rows.Row(row));
            double[] seen = constant.Predict(wider.AsSpan(row * 3, 3));
            Assert.All(Enumerable.Range(0, 3), k => Assert.Equal(expected[k], seen[k], 1e-6));
        }
    }

    [Fact]
    public void Refuses_targets_that_are_no_class()
    {
        TrainingRows rows = new(["x"], [1, 2]);

        Assert.Throws<ArgumentException>(() => FitMultinomial.Run(rows, [0, 3], 3, 1, default));
        Assert.Throws<ArgumentException>(() => FitMultinomial.Run(rows, [0, 0.5], 3, 1, default));
        Assert.Throws<ArgumentOutOfRangeException>(() => FitMultinomial.Run(rows, [0, 1], 2, -1, default));
    }

    /// <summary>Three classes in overlapping bands of a + b.</summary>
    internal static (TrainingRows Rows, double[] Classes) Banded(int count)
    {
        Governance.Audit.Explanations.SeededRandom random = new(21, 0);
        float[] values = new float[count * 2];
        double[] classes = new double[count];
        for (int row = 0; row < count; row++)
        {
            values[2 * row] = (float)(10 * random.NextDouble());
            values[(2 * row) + 1] = (float)random.NextDouble();
            double sum = values[2 * row] + (5 * values[(2 * row) + 1]) + (6 * (random.NextDouble() - 0.5));
            classes[row] = sum > 9 ? 2 : sum > 6 ? 1 : 0;
        }

        return (new TrainingRows(["a", "b"], values), classes);
    }
}
