using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.References;
using Governance.Audit.Inference;
using Governance.Audit.Tests.Explanations.Native;
using Governance.Tests;
using Xunit.Abstractions;

namespace Governance.Audit.Tests.Explanations.Paths;

/// <summary>The perceptron on Adult against integrals of 20,000 and of 100 times 1,000 midpoints in double (goldens/shap).</summary>
public sealed class PathGoldenTests(ITestOutputHelper log)
{
    [SkippableTheory]
    [InlineData("integrated-gradients", "mean", "mlp_ig_bgmean_limit20000mid_margin.csv")]
    [InlineData("integrated-gradients", "zero", "mlp_ig_zero_limit20000mid_margin.csv")]
    [InlineData("expected-gradients", null, "mlp_expected_gradients_limit_margin.csv")]
    public void Values_are_the_limits_of_the_goldens(string method, string? reference, string golden)
    {
        byte[] file = File.ReadAllBytes(Reference.Path("goldens", "shap", "models", "mlp.onnx"));
        Table rows = NativeExplanation.Read("goldens", "shap", "inputs_X50.csv");
        Table background = NativeExplanation.Read("goldens", "shap", "background_BG100.csv");
        Table expected = NativeExplanation.Read("goldens", "shap", golden);
        PredictorOptions run = new() { Provider = "cpu" };
        using OnnxPredictor predictor = OnnxPredictor.Load(file, run, default);
        using ModelScorer scorer = ModelScorer.Load(predictor, file, run, new ScorerOptions { Output = "prob", Link = ScoreLink.Logit }, default);
        RowEncoder encoder = RowEncoder.For(predictor.Signature, null, rows, null);
        InputBatch encoded = encoder.Encode(rows);
        scorer.Score(encoded.Slice(0, 1), default);
        ReferenceChoice chosen = ReferenceChoice.Of(
            reference, encoder.Encode(background), null, encoder, background, new ExplainedRows(rows, encoded, [.. Enumerable.Range(0, rows.Rows)], null));

        ExplanationReport report = ExplainRows.Run(
            new ExplainRequest
            {
                Model = scorer.Score,
                Graph = new ModelGraph(file),
                Outputs = 1,
                Output = "prob",
                ClassIndex = scorer.ClassIndex,
                Link = "logit",
                Rows = encoded,
                Background = chosen.Background,
                Players = encoder.Players(),
                Method = method,
                Deterministic = true,
                Threads = 2,
            },
            null, TimeProvider.System, default);

        double range = expected.Columns.Max(column => Enumerable.Range(0, 50).Max(column.Number)) - expected.Columns.Min(column => Enumerable.Range(0, 50).Min(column.Number));
        double worst = NativeExplanation.Worst(report, expected, player => report.Features[player]);
        log.WriteLine($"{golden}: worst {worst:g3}, {worst / range:g3} of the range {range:g4}; {report.Completeness}; {report.Seconds:0.0} s");
        Assert.True(report.Converged);
        Assert.InRange(worst / range, 0, 1e-3);
        Assert.Equal(50, report.Rows.Count);
    }
}
