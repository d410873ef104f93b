using Governance.Audit.Inference;
using Governance.Audit.Training;
using Governance.Audit.Training.Export;
using Governance.Audit.Training.Networks;
using Governance.Audit.Training.Trees;

namespace Governance.Audit.Tests.Training;

public sealed class ExportOnnxTests
{
    private static readonly PredictorOptions Cpu = new() { Provider = "cpu" };

    [Fact]
    public void Trees_of_two_classes_predict_the_same_in_the_runtime()
    {
        (TrainingRows rows, double[] y) = FitTreesTests.Drawn(300, 4, missing: true);
        double[] classes = [.. y.Select(value => value > 5 ? 1.0 : 0)];
        TreesModel model = FitTrees.Run(rows, classes, new BoostedTreesOptions { Task = TreesTask.Binary, Rounds = 40, LeastRows = 5, Seed = 1 }, default);

        Prediction seen = Predict(ExportOnnx.Write(model, ["no", "yes"]), rows);

        AssertSame(rows, seen["probabilities"].Numbers!, row => model.Predict(row), 1e-6);
        Assert.Equal(
            Enumerable.Range(0, rows.Count).Select(row => model.Predict(rows.Row(row))[1] > 0.5 ? "yes" : "no"), seen["label"].Texts!);
    }

    [Fact]
    public void Trees_of_three_classes_predict_the_same_in_the_runtime()
    {
        (TrainingRows rows, double[] y) = FitTreesTests.Drawn(300, 6, missing: true);
        double[] classes = [.. y.Select(value => value > 7 ? 2.0 : value > 4 ? 1 : 0)];
        TreesModel model = FitTrees.Run(
            rows, classes, new BoostedTreesOptions { Task = TreesTask.Multiclass, Classes = 3, Rounds = 20, LeastRows = 5, Seed = 1 }, default);

        AssertSame(rows, Predict(ExportOnnx.Write(model, ["low", "mid", "high"]), rows)["probabilities"].Numbers!, row => model.Predict(row), 1e-6);
    }

    [Fact]
    public void Trees_of_a_number_predict_the_same_in_the_runtime_and_no_tree_gives_the_mean()
    {
        (TrainingRows rows, double[] y) = FitTreesTests.Drawn(300, 8, missing: true);
        TreesModel model = FitTrees.Run(rows, y, new BoostedTreesOptions { Task = TreesTask.Regression, Rounds = 40, LeastRows = 5, Seed = 1 }, default);

        AssertSame(rows, Predict(ExportOnnx.Write(model, []), rows)["value"].Numbers!, row => model.Predict(row), 1e-5);
        AssertSame(rows, Predict(ExportOnnx.Write(model with { Trees = [] }, []), rows)["value"].Numbers!, _ => [model.Base[0]], 1e-6);
    }

    [Fact]
    public void A_logistic_regression_predicts_the_same_in_the_runtime()
    {
        (TrainingRows rows, double[] denied) = HmdaRows.Read("validation");
        LogisticModel model = FitLogistic.Run(rows, denied, 1);

        AssertSame(rows, Predict(ExportOnnx.Write(model, ["no", "yes"]), rows)["probabilities"].Numbers!,
            row => [1 - model.Probability(row), model.Probability(row)], 1e-6);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(1)]
    public void A_network_predicts_the_same_in_the_runtime(int classes)
    {
        (TrainingRows rows, double[] denied) = HmdaRows.Read("validation");
        NetworkModel model = FitNetwork.Run(rows, denied, new NetworkOptions { Classes = classes, Epochs = 3, Seed = 1 }, default);
        Prediction seen = Predict(ExportOnnx.Write(model, classes == 1 ? [] : ["no", "yes"]), rows);

        AssertSame(rows, seen[classes == 1 ? "value" : "probabilities"].Numbers!, row => model.Predict(row), 1e-5);
    }

    [Fact]
    public void Refuses_class_names_that_do_not_fit()
    {
        LogisticModel model = new(["x"], 0, [1], true, 1);

        Assert.Throws<ArgumentException>(() => ExportOnnx.Write(model, ["yes", "yes"]));
        Assert.Throws<ArgumentException>(() => ExportOnnx.Write(model, ["a", "b", "c"]));
    }

    private static Prediction Predict(byte[] file, TrainingRows rows)
    {
        using OnnxPredictor predictor = OnnxPredictor.Load(file, Cpu, default);
        return predictor.Predict(new InputBatch([new InputTensor("input", rows.Values, rows.Features, [rows.Features])]), default);
    }

    private delegate double[] PredictRow(ReadOnlySpan<float> row);

    private static void AssertSame(TrainingRows rows, double[] seen, PredictRow expected, double tolerance)
    {
        int width = seen.Length / rows.Count;
        for (int row = 0; row < rows.Count; row++)
        {
            double[] own = expected(rows.Row(row));
            for (int i = 0; i < width; i++)
            {
                Assert.Equal(own[i], seen[(row * width) + i], tolerance);
            }
        }
    }
}
