using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Tests.Explanations.Native;
using Governance.Tests;

namespace Governance.Audit.Tests.Explanations.Trees;

/// <summary>Tree methods on the reference models, by column, against what their makers and enumeration say.</summary>
public sealed class TreeReferenceModelTests
{
    // XGBoost's pred_contribs; its covers come back from the training rows and the boosting rounds.
    [SkippableFact]
    public void Path_dependent_values_are_xgboosts_own()
    {
        Table expected = NativeExplanation.Read("data", "models", "adult_gbt", "treeshap_reference.csv.gz");
        NativeExplanation explanation = new()
        {
            Model = File.ReadAllBytes(Reference.Path("data", "models", "adult_gbt", "model.onnx")),
            Encoding = Encoding("adult_gbt"),
            Rows = NativeExplanation.Read("data", "datasets", "adult", "validation.csv").Head(200),
            Background = NativeExplanation.Training("adult"),
            Method = "tree-path",
            Link = "logit",
            ByFeature = true,
        };

        ExplanationReport report = explanation.Run();

        Assert.InRange(NativeExplanation.Worst(report, expected, player => $"shap[{report.Features[player]}]"), 0, 1e-5);
        Assert.Equal(expected.Need("expected_value").Number(0), report.BaseValue[0], 1e-5);
        Assert.Contains(report.Notes, note => note.Code == "covers" && note.Message.Contains("XGBoost", StringComparison.Ordinal));
    }

    // samples/models/hmda_gbt/exact_shapley.json: all 2^13 coalitions, 25 background rows, 10 rows, probability.
    [Fact]
    public void Probabilities_of_boosted_trees_are_the_enumerated_ones()
    {
        string samples = Path.Combine(Reference.Repository, "samples");
        string folder = Path.Combine(samples, "models", "hmda_gbt");
        using JsonDocument exact = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "exact_shapley.json")));
        string[] order = [.. exact.RootElement.GetProperty("feature_order").EnumerateArray().Select(name => name.GetString()!)];
        NativeExplanation explanation = new()
        {
            Model = File.ReadAllBytes(Path.Combine(folder, "model.onnx")),
            Encoding = ModelEncoding.Read(File.ReadAllBytes(Path.Combine(folder, "manifest.json"))),
            Rows = NativeExplanation.Open(Path.Combine(samples, "hmda", "validation.csv")).Head(10),
            Background = NativeExplanation.Open(Path.Combine(samples, "hmda", "train.csv")).Head(25),
        };

        ExplanationReport report = explanation.Run();

        Assert.Equal("tree", report.Method);
        Assert.Equal(exact.RootElement.GetProperty("base_value").GetDouble(), report.BaseValue[0], 1e-6);
        JsonElement[] results = [.. exact.RootElement.GetProperty("results").EnumerateArray()];
        for (int row = 0; row < results.Length; row++)
        {
            JsonElement own = results[row].GetProperty("values");
            for (int player = 0; player < order.Length; player++)
            {
                Assert.Equal(own.GetProperty(order[player]).GetDouble(), report.Rows[row].Values[0][report.Features.ToList().IndexOf(order[player])], 1e-6);
            }
        }
    }

    // Enumeration through the runtime, which knows nothing of trees, on at most 10 players.
    [SkippableTheory]
    [InlineData("hmda_gbt", "hmda", "identity", 1e-6)]
    [InlineData("hmda_gbt", "hmda", "logit", 2e-5)]
    [InlineData("hmda_pipeline", "hmda", "identity", 1e-6)]
    [InlineData("hmda_pipeline", "hmda", "logit", 2e-5)]
    [InlineData("hmda_noised_clone", "hmda", "identity", 1e-6)]
    [InlineData("adult_gbt", "adult", "identity", 1e-6)]
    [InlineData("adult_gbt", "adult", "logit", 2e-5)]
    [InlineData("attrition_income_rf", "attrition", "identity", 0.1)]
    public void Every_tabular_ensemble_is_explained_by_column(string name, string dataset, string link, double tolerance)
    {
        NativeExplanation explanation = new()
        {
            Model = File.ReadAllBytes(Reference.Path("data", "models", name, "model.onnx")),
            Encoding = Encoding(name),
            Rows = NativeExplanation.Read("data", "datasets", dataset, "validation.csv").Head(4),
            Background = NativeExplanation.Training(dataset).Head(12),
            Link = link,
            Weights = [.. Enumerable.Range(1, 12).Select(i => (double)i)],
        };
        explanation = explanation with { Groups = Halves(explanation) };

        ExplanationReport tree = explanation.Run();
        ExplanationReport exact = (explanation with { Method = "exact" }).Run();

        Assert.Equal("tree", tree.Method);
        for (int row = 0; row < 4; row++)
        {
            Assert.Equal(exact.Rows[row].Prediction[0], tree.Rows[row].Prediction[0], tolerance);
            for (int player = 0; player < exact.Features.Count; player++)
            {
                Assert.Equal(exact.Rows[row].Values[0][player], tree.Rows[row].Values[0][player], tolerance);
            }
        }
    }

    [SkippableFact]
    public void A_forest_of_ten_classes_is_explained_for_all_of_them()
    {
        Table rows = NativeExplanation.Read("data", "datasets", "digits", "validation.csv");
        NativeExplanation explanation = new()
        {
            Model = File.ReadAllBytes(Reference.Path("data", "models", "digits_rf", "model.onnx")),
            Encoding = Encoding("digits_rf"),
            Rows = rows.Head(3),
            Background = NativeExplanation.Training("digits").Head(50),
            AllClasses = true,
        };

        ExplanationReport report = explanation.Run();

        Assert.Equal("tree", report.Method);
        Assert.Equal(10, report.Rows[0].Values.Count);
        Assert.Equal(64, report.Features.Count);
        Assert.All(report.Rows, row => Assert.All(row.AdditivityResidual, residual => Assert.InRange(Math.Abs(residual), 0, 1e-12)));
        Assert.Equal(1, report.Rows[0].Prediction.Sum(), 1e-5);
    }

    private static ModelEncoding Encoding(string name) => ModelEncoding.Read(File.ReadAllBytes(Reference.Path("data", "models", name, "manifest.json")));

    // Single columns for the first six, pairs and more for the rest, so that there are at most ten players.
    private static Dictionary<string, IReadOnlyList<string>> Halves(NativeExplanation explanation)
    {
        string[] columns = [.. explanation.Encoding!.Inputs.SelectMany(input => input.Features).Select(feature => feature.Column).Distinct()];
        return columns.Skip(6).Select((column, i) => (column, i)).GroupBy(pair => pair.i % 4)
            .ToDictionary(group => $"group {group.Key}", IReadOnlyList<string> (group) => [.. group.Select(pair => pair.column)]);
    }
}
