using System.Text.Json.Nodes;
using Governance.Audit.Training;

namespace Governance.Audit.Tests.Training;

public sealed class FitLogisticTests
{
    // scikit-learn's newton-cholesky solver, tol 1e-12; Goldens/make.py.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Finds_the_coefficients_of_scikit_learn(int number)
    {
        (TrainingRows rows, double[] denied) = HmdaRows.Read("train");
        JsonNode golden = HmdaRows.Goldens["logistic"]![number]!;
        TrainingRows weighted = (bool)golden["weighted"]! ? HmdaRows.Weighted(rows) : rows;

        LogisticModel model = FitLogistic.Run(weighted, denied, (double)golden["penalty"]!);

        Assert.True(model.Converged);
        Assert.Equal((double)golden["intercept"]!, model.Intercept, 1e-6);
        Assert.Equal(golden["coefficients"]!.AsArray().Select(value => (double)value!), model.Coefficients, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    // A 2×2 table without penalty has the log odds ratio as its solution.
    [Fact]
    public void One_binary_feature_gives_the_log_odds_ratio()
    {
        TrainingRows rows = new(["x"], [0, 0, 1, 1], [30, 10, 5, 20]);

        LogisticModel model = FitLogistic.Run(rows, [0, 1, 0, 1], 0);

        Assert.Equal(Math.Log(10.0 / 30), model.Intercept, 1e-10);
        Assert.Equal(Math.Log(20.0 / 5) - Math.Log(10.0 / 30), model.Coefficients[0], 1e-10);
    }

    // At the optimum the weighted residuals are orthogonal to each feature, up to the penalty's pull.
    [Fact]
    public void The_gradient_vanishes_at_the_solution()
    {
        (TrainingRows rows, double[] denied) = HmdaRows.Read("validation");
        rows = HmdaRows.Weighted(rows);

        LogisticModel model = FitLogistic.Run(rows, denied, 2.5);

        for (int feature = 0; feature < rows.Features; feature++)
        {
            double slope = 2.5 * model.Coefficients[feature];
            for (int row = 0; row < rows.Count; row++)
            {
                slope += rows.Weights[row] * (model.Probability(rows.Row(row)) - denied[row]) * rows.Row(row)[feature];
            }

            Assert.Equal(0, slope, 1e-6);
        }
    }

    [Fact]
    public void A_weight_of_two_is_the_row_twice()
    {
        (TrainingRows rows, double[] denied) = HmdaRows.Read("validation");
        int[] twice = [.. Enumerable.Range(0, rows.Count), .. Enumerable.Range(0, 50)];
        double[] weights = [.. Enumerable.Range(0, rows.Count).Select(row => row < 50 ? 2.0 : 1)];

        LogisticModel repeated = FitLogistic.Run(rows.Take(twice), [.. twice.Select(row => denied[row])], 1);
        LogisticModel weighted = FitLogistic.Run(new TrainingRows(rows.Names, rows.Values, weights), denied, 1);

        Assert.Equal(repeated.Intercept, weighted.Intercept, 1e-9);
        Assert.Equal(repeated.Coefficients, weighted.Coefficients, (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void Separable_rows_without_penalty_are_not_called_converged_at_a_finite_place()
    {
        LogisticModel model = FitLogistic.Run(new TrainingRows(["x"], [1, 2, 3, 4]), [0, 0, 1, 1], 0);

        Assert.True(model.Coefficients[0] > 10);
        Assert.All([1f, 2f], x => Assert.InRange(model.Probability([x]), 0, 0.01));
        Assert.All([3f, 4f], x => Assert.InRange(model.Probability([x]), 0.99, 1));
    }

    [Fact]
    public void A_column_that_repeats_another_shares_its_effect()
    {
        (TrainingRows rows, double[] denied) = HmdaRows.Read("validation");
        float[] doubled = [.. Enumerable.Range(0, rows.Count).SelectMany(row => (float[])[rows.Row(row)[0], rows.Row(row)[0]])];

        LogisticModel model = FitLogistic.Run(new TrainingRows(["a", "b"], doubled), denied, 0);

        Assert.Equal(model.Coefficients[0], model.Coefficients[1], 1e-4);
    }

    [Fact]
    public void Refuses_a_missing_feature_and_a_target_outside_0_to_1()
    {
        Assert.Throws<ArgumentException>(() => FitLogistic.Run(new TrainingRows(["x"], [1, float.NaN]), [0, 1], 1));
        Assert.Throws<ArgumentException>(() => FitLogistic.Run(new TrainingRows(["x"], [1, 2]), [0, 1.5], 1));
    }
}
