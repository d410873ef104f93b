using Governance.Audit.Inference;
using Governance.Audit.Training;
using Governance.Audit.Training.Export;
using Governance.Audit.Training.Networks;
using Governance.Audit.Training.Trees;

namespace Governance.Audit.Tests.Training;

public sealed class CalibratedExportTests
{
    [Fact]
    public void A_multinomial_regression_predicts_the_same_in_the_runtime_with_and_without_calibration()
    {
        (TrainingRows rows, double[] classes) = FitMultinomialTests.Banded(300);
        MultinomialModel model = FitMultinomial.Run(rows, classes, 3, 1, default);
        ProbabilityCalibration calibration = Fit(rows, classes, 3, model.Predict);

        AssertSame(rows, ExportOnnx.Write(model, ["low", "mid", "high"]), row => model.Predict(row), 1e-6);
        AssertSame(rows, ExportOnnx.Write(model, ["low", "mid", "high"], calibration), row => calibration.Apply(model.Predict(row)), 5e-3);
    }

    [Fact]
    public void Calibrated_trees_of_two_and_of_three_classes_predict_the_same_in_the_runtime()
    {
        (TrainingRows rows, double[] y) = FitTreesTests.Drawn(400, 12, missing: true);
        double[] two = [.. y.Select(value => value > 5 ? 1.0 : 0)];
        double[] three = [.. y.Select(value => value > 7 ? 2.0 : value > 4 ? 1 : 0)];
        BoostedTreesOptions options = new() { Task = TreesTask.Binary, Rounds = 5, LeastRows = 20, MostDepth = 3, Seed = 1 };
        TreesModel binary = FitTrees.Run(rows, two, options, default);
        TreesModel several = FitTrees.Run(rows, three, options with { Task = TreesTask.Multiclass, Classes = 3 }, default);
        ProbabilityCalibration first = Fit(rows, two, 2, binary.Predict);
        ProbabilityCalibration second = Fit(rows, three, 3, several.Predict);

        AssertSame(rows, ExportOnnx.Write(binary, ["no", "yes"], first), row => first.Apply(binary.Predict(row)), 5e-3);
        AssertSame(rows, ExportOnnx.Write(several, ["a", "b", "c"], second), row => second.Apply(several.Predict(row)), 5e-3);
    }

    [Fact]
    public void A_calibrated_network_and_a_calibrated_regression_predict_the_same_in_the_runtime()
    {
        (TrainingRows rows, double[] denied) = HmdaRows.Read("validation");
        LogisticModel logistic = FitLogistic.Run(rows, denied, 1);
        NetworkModel network = FitNetwork.Run(rows, denied, new NetworkOptions { Classes = 2, Epochs = 3, Seed = 1 }, default);
        double[] Both(ReadOnlySpan<float> row) => [1 - logistic.Probability(row), logistic.Probability(row)];
        ProbabilityCalibration first = Fit(rows, denied, 2, Both);
        ProbabilityCalibration second = Fit(rows, denied, 2, network.Predict);

        AssertSame(rows, ExportOnnx.Write(logistic, ["no", "yes"], first), row => first.Apply(Both(row)), 5e-3);
        AssertSame(rows, ExportOnnx.Write(network, ["no", "yes"], second), row => second.Apply(network.Predict(row)), 5e-3);
    }

    // Straight stretches, steps and a lone knot, read between and outside the knots.
    [Fact]
    public void Curves_in_the_graph_are_the_curves()
    {
        IsotonicCurve straight = new([0.2f, 0.4f, 0.6f], [0.1, 0.5, 0.9]);
        IsotonicCurve flat = new([0.5], [0.3]);
        IsotonicCurve step = new([0.5f, MathF.BitIncrement(0.5f)], [0, 1]);
        float[] values = [.. Enumerable.Range(-40, 81).Select(i => i / 10f)];
        TrainingRows rows = new(["x"], values);
        LogisticModel model = new(["x"], 0, [1], true, 1);
        foreach (IsotonicCurve curve in (IsotonicCurve[])[straight, flat, step])
        {
            ProbabilityCalibration calibration = new([curve]);
            AssertSame(
                rows, ExportOnnx.Write(model, ["no", "yes"], calibration),
                row => calibration.Apply([1 - model.Probability(row), model.Probability(row)]), 1e-5);
        }
    }

    [Fact]
    public void Refuses_a_calibration_of_other_classes_and_of_a_regression()
    {
        (TrainingRows rows, double[] y) = FitTreesTests.Drawn(60, 12, missing: false);
        TreesModel number = FitTrees.Run(rows, y, new BoostedTreesOptions { Task = TreesTask.Regression, Rounds = 1, Seed = 1 }, default);
        ProbabilityCalibration two = new([new IsotonicCurve([0.5], [0.5])]);

        Assert.Throws<ArgumentException>(() => ExportOnnx.Write(number, [], two));
        Assert.Throws<ArgumentException>(() => ExportOnnx.Write(
            FitMultinomial.Run(new TrainingRows(["x"], [1, 2, 3]), [0, 1, 2], 3, 1, default), ["a", "b", "c"], two));
    }

    private delegate double[] PredictRow(ReadOnlySpan<float> row);

    private static ProbabilityCalibration Fit(TrainingRows rows, double[] classes, int count, PredictRow predict) => ProbabilityCalibration.Fit(
        Enumerable.Range(0, rows.Count).SelectMany(row => predict(rows.Row(row))).ToArray(), classes, count, []);

    // Calibrated probabilities rise steeply between neighbouring scores, so that a score's last float digit shows.
    private static void AssertSame(TrainingRows rows, byte[] file, PredictRow expected, double tolerance)
    {
        using OnnxPredictor predictor = OnnxPredictor.Load(file, new PredictorOptions { Provider = "cpu" }, default);
        double[] seen = predictor.Predict(new InputBatch([new InputTensor("input", rows.Values, rows.Features, [rows.Features])]), default)["probabilities"].Numbers!;
        int close = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            double[] own = expected(rows.Row(row));
            double worst = Enumerable.Range(0, own.Length).Max(k => Math.Abs(own[k] - seen[(row * own.Length) + k]));
            close += worst <= tolerance ? 1 : 0;
        }

        Assert.InRange(close, rows.Count, rows.Count);
    }
}
