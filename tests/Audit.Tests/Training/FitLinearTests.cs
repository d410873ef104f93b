using Governance.Audit.Explanations;
using Governance.Audit.Inference;
using Governance.Audit.Training;
using Governance.Audit.Training.Export;

namespace Governance.Audit.Tests.Training;

public sealed class FitLinearTests
{
    // Five points by hand: the slope is Σ(x - x̄)(y - ȳ) / Σ(x - x̄)² = 18 / 10, the line goes through the means (3, 5.2).
    [Fact]
    public void One_feature_gives_the_line_of_the_textbook()
    {
        LinearModel line = FitLinear.Run(new TrainingRows(["x"], [1, 2, 3, 4, 5]), [2, 3, 5, 7, 9], 0);

        Assert.Equal(1.8, line.Coefficients[0], 1e-9);
        Assert.Equal(5.2 - (3 * 1.8), line.Intercept, 1e-9);
    }

    // With a ridge the slope of a centred feature is Σxy / (Σx² + penalty).
    [Fact]
    public void A_ridge_shrinks_the_slope_and_leaves_the_intercept_free()
    {
        LinearModel line = FitLinear.Run(new TrainingRows(["x"], [-1, 0, 1]), [1, 2, 3], 2);

        Assert.Equal(2.0 / (2 + 2), line.Coefficients[0], 1e-9);
        Assert.Equal(2, line.Intercept, 1e-9);
    }

    [Fact]
    public void A_written_line_says_what_the_fitted_one_says()
    {
        SeededRandom random = new(3, 0);
        float[] values = new float[300];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)random.NextDouble();
        }

        LinearModel line = FitLinear.Run(new TrainingRows(["a", "b", "c"], values), [.. Enumerable.Range(0, 100).Select(row => (3.0 * values[3 * row]) - values[(3 * row) + 2] + 1)], 0);
        using OnnxPredictor predictor = OnnxPredictor.Load(ExportOnnx.Write(line), new PredictorOptions { Provider = "cpu" }, default);

        double[] said = predictor.Predict(new InputBatch([new InputTensor("input", values, 3, [3])]), default)["value"].Numbers!;
        Assert.All(Enumerable.Range(0, 100), row => Assert.Equal(line.Predict(values.AsSpan(3 * row, 3)), said[row], 1e-5));
        Assert.Equal([3, 0, -1], line.Coefficients.Select(value => Math.Round(value, 6)));
    }
}
