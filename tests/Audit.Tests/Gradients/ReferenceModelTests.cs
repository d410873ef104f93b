using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Gradients;
using Governance.Audit.Inference;
using Governance.Audit.Tests.Explanations.Native;
using Governance.Tests;
using Xunit.Abstractions;

namespace Governance.Audit.Tests.Gradients;

/// <summary>Networks of the reference folder: a perceptron against golden gradients, the others along 100 random directions.</summary>
public sealed class ReferenceModelTests(ITestOutputHelper log)
{
    [SkippableFact]
    public void The_perceptron_has_the_golden_gradients()
    {
        byte[] file = File.ReadAllBytes(Reference.Path("goldens", "shap", "models", "mlp.onnx"));
        Table rows = NativeExplanation.Read("goldens", "shap", "inputs_X50.csv");
        Table expected = NativeExplanation.Read("goldens", "shap", "mlp_gradients_margin.csv");
        using OnnxPredictor predictor = OnnxPredictor.Load(file, new PredictorOptions { Provider = "cpu" }, default);
        InputBatch batch = RowEncoder.For(predictor.Signature, null, rows, null).Encode(rows);
        using GradientModel model = GradientCheck.Load(file, batch, "prob", "logit");

        double[] found = model.Run(model.PointsOf(batch, default), batch, 0, default).Gradients;

        double worst = 0;
        for (int row = 0; row < 50; row++)
        {
            double largest = expected.Columns.Max(column => Math.Abs(column.Number(row)));
            for (int i = 0; i < 12; i++)
            {
                worst = Math.Max(worst, Math.Abs(found[(row * 12) + i] - expected.Columns[i].Number(row)) / largest);
            }
        }

        log.WriteLine($"largest error {worst:g3} of the row's largest slope");
        Assert.InRange(worst, 0, 1e-4);
    }

    [SkippableTheory]
    [InlineData("digits_cnn", "logits", "identity", 0.004)]
    [InlineData("digits_lstm", "probabilities", "logit", 0.05)]
    [InlineData("digits_transformer", "logits", "identity", 0.05)]
    [InlineData("tokens_transformer", "probabilities", "logit", 0.01)]
    [InlineData("german_credit_mlp", "probabilities", "logit", 0.01)]
    [InlineData("hmda_extracted_copy", "prob", "identity", 0.001)]
    public void Slopes_agree_with_difference_quotients_along_random_directions(string name, string output, string link, double step)
    {
        byte[] file = File.ReadAllBytes(Reference.Path("data", "models", name, "model.onnx"));
        Table rows = NativeExplanation.Open(Reference.Path("data", "models", name, "reference.csv")).Head(2);
        using OnnxPredictor predictor = OnnxPredictor.Load(file, new PredictorOptions { Provider = "cpu" }, default);
        string used = predictor.Signature.Outputs.FirstOrDefault(one => one.Name == output)?.Name ?? predictor.Signature.Outputs[^1].Name;
        string[] features = [.. rows.Columns.Select(column => column.Name).Where(column => !column.StartsWith("out_", StringComparison.Ordinal))];
        InputBatch batch = RowEncoder.For(predictor.Signature, null, rows, features).Encode(rows);
        using GradientModel model = GradientCheck.Load(file, batch, used, link);

        (double[] errors, int crossed) = GradientCheck.Errors(model, batch, 100, step, 0.01);

        Array.Sort(errors);
        log.WriteLine($"{name}: {errors.Length} quotients, {crossed} across a kink left out, median relative error {errors[errors.Length / 2]:g3}");
        Assert.True(errors.Length > crossed / 4);
        Assert.InRange(errors[errors.Length / 2], 0, 1e-2);
    }
}
