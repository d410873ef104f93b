using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Fusion;
using Governance.Audit.Tests.Explanations.Native;
using Governance.Audit.Tests.Explanations.Players;
using Governance.Tests;
using Xunit.Abstractions;

namespace Governance.Audit.Tests.Explanations.Fusion;

/// <summary>Models of the reference folder: what the fused model gives is what masked rows give.</summary>
public sealed class FusedReferenceModelTests(ITestOutputHelper log)
{
    private const double Tolerance = 1e-6;

    // Pieces of a path are cut where they bend, and the last digit of a point decides where: what the paths themselves are followed to.
    private const double PathTolerance = 1e-5;

    [SkippableTheory]
    [InlineData("digits_cnn", "patches:2", null, "kernel", 30)]
    [InlineData("digits_cnn", "pixels", "mean", "permutation", 1)]
    [InlineData("digits_cnn", "patches:4", "blur", "exact", 1)]
    [InlineData("digits_cnn", "patches:3", null, "occlusion", 20)]
    [InlineData("digits_lstm", "steps", null, "exact", 12)]
    [InlineData("digits_lstm", "channels", null, "kernel", 20)]
    [InlineData("digits_transformer", "steps", null, "kernel", 20)]
    [InlineData("digits_transformer", "patches:4x2", "mean", "owen", 1)]
    [InlineData("tokens_transformer", "tokens", "zero", "kernel", 1)]
    [InlineData("tokens_transformer", "tokens:2", null, "exact", 10)]
    public void Tensors_give_the_same_values_fused(string name, string players, string? reference, string method, int backgroundRows)
    {
        using GivenTensors model = new(name);
        ExplainRequest request = model.Request(players, reference, 3, 2, backgroundRows) with
        {
            Method = method, Samples = method is "kernel" ? 200 : method is "permutation" ? 400 : null,
        };

        Compare(
            $"{name}, {players}, {method}", GivenTensors.Run(request with { Fusion = FusionMode.Off }), GivenTensors.Run(request with { Fusion = FusionMode.On }));
    }

    [SkippableTheory]
    [InlineData("digits_cnn", "pixels", "mean", "integrated-gradients", 1)]
    [InlineData("digits_cnn", "patches:2", null, "expected-gradients", 5)]
    [InlineData("digits_cnn", "superpixels:6", "blur", "integrated-gradients", 1)]
    [InlineData("digits_lstm", "steps", "zero", "integrated-gradients", 1)]
    [InlineData("digits_transformer", "patches:4x2", "mean", "smoothgrad", 1)]
    [InlineData("tokens_transformer", "tokens:2", "token:0", "integrated-gradients", 1)]
    [InlineData("tokens_transformer", "tokens", null, "saliency", 5)]
    public void Gradients_give_the_same_values_fused(string name, string players, string? reference, string method, int backgroundRows)
    {
        using GivenTensors model = new(name);
        ExplainRequest request = model.Request(players, reference, 3, 2, backgroundRows) with { Method = method, Samples = method == "smoothgrad" ? 8 : null };

        Compare($"{name}, {players}, {method}", GivenTensors.Run(request with { Fusion = FusionMode.Off }), GivenTensors.Run(request with { Fusion = FusionMode.On }), PathTolerance);
    }

    [SkippableTheory]
    [InlineData("mlp", "identity", "exact")]
    [InlineData("mlp", "logit", "kernel")]
    [InlineData("gbm", "identity", "kernel")]
    [InlineData("gbm", "logit", "exact")]
    [InlineData("logreg", "identity", "permutation")]
    [InlineData("logreg", "logit", "kernel")]
    public void Columns_give_the_same_values_fused(string name, string link, string method)
    {
        NativeExplanation explanation = new()
        {
            Model = File.ReadAllBytes(Reference.Path("goldens", "shap", "models", $"{name}.onnx")),
            Rows = NativeExplanation.Read("goldens", "shap", "inputs_X50.csv").Head(3),
            Background = NativeExplanation.Read("goldens", "shap", "background_BG100.csv"),
            Method = method,
            Link = link,
            Samples = method == "exact" ? null : 300,
            Threads = 2,
        };

        Compare($"{name}, {link}, {method}", (explanation with { Fusion = FusionMode.Off }).Run(), (explanation with { Fusion = FusionMode.On }).Run());
    }

    private void Compare(string what, ExplanationReport rows, ExplanationReport fused, double tolerance = Tolerance)
    {
        Assert.Equal("rows", rows.Transport!.Path);
        Assert.True(fused.Transport!.Path == "fused", fused.Transport.Reason);
        double worst = 0;
        for (int row = 0; row < rows.Rows.Count; row++)
        {
            for (int output = 0; output < rows.Rows[row].Values.Count; output++)
            {
                double scale = rows.Rows[row].Prediction.Concat(rows.BaseValue).Max(Math.Abs);
                worst = rows.Rows[row].Values[output].Zip(fused.Rows[row].Values[output])
                    .Aggregate(worst, (most, pair) => Math.Max(most, Math.Abs(pair.First - pair.Second) / scale));
            }
        }

        log.WriteLine($"{what}: {worst:0.0e+0} of the largest output; {rows.Transport.BytesPerExplanation:N0} bytes as rows, {fused.Transport.BytesPerExplanation:N0} fused");
        Assert.InRange(worst, 0, tolerance);
        Assert.Equal(rows.Evaluations, fused.Evaluations);
    }
}
