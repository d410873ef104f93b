using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Tests.Explanations.Native;
using Governance.Tests;

namespace Governance.Audit.Tests.Explanations.Linear;

/// <summary>The closed form of linear graphs.</summary>
public sealed class LinearMethodTests
{
    // The file's weights are floats: log-odds agree to 5e-6.
    [SkippableTheory]
    [InlineData("margin", "identity", "logreg_exact_shapley_margin.csv")]
    [InlineData("prob", "logit", "logreg_exact_shapley_margin.csv")]
    [InlineData("prob", "logit", "logreg_linearshap_interventional_margin.csv")]
    public void Log_odds_of_a_logistic_regression_are_the_exact_ones(string output, string link, string golden)
    {
        Table expected = NativeExplanation.Read("goldens", "shap", golden);

        ExplanationReport report = (Case() with { Output = output, Link = link }).Run();

        Assert.Equal("linear", report.Method);
        Assert.InRange(NativeExplanation.Worst(report, expected, player => expected.Columns[player + 1].Name), 0, 5e-6);
        Assert.Equal(expected.Columns[0].Number(0), report.BaseValue[0], 5e-6);
        Assert.Equal(0, report.Evaluations);
    }

    [SkippableFact]
    public void A_probability_is_refused_in_words_and_auto_goes_on()
    {
        InputException refusal = Assert.Throws<InputException>(() => (Case() with { Output = "prob", Method = "linear" }).Run());

        Assert.Contains("link logit", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("exact", (Case() with { Output = "prob" }).Run().Method);
        Assert.Contains("'Relu' mixes", Assert.Throws<InputException>(() => (Case() with
        {
            Model = File.ReadAllBytes(Reference.Path("goldens", "shap", "models", "mlp.onnx")),
            Output = "margin",
            Method = "linear",
        }).Run()).Message, StringComparison.Ordinal);
    }

    // linear_ground_truth: coefficients on the encoded features, so a feature gets w (x - mean).
    [SkippableTheory]
    [InlineData("hmda_logreg", "hmda")]
    [InlineData("german_credit_logreg", "german_credit")]
    [InlineData("adult_logreg", "adult")]
    public void Raw_coefficients_of_the_training_library_give_the_same_values(string name, string dataset)
    {
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllBytes(Reference.Path("data", "models", name, "manifest.json")));
        JsonElement truth = manifest.RootElement.GetProperty("linear_ground_truth");
        Dictionary<string, double> weights = Coefficients(truth, manifest.RootElement);
        NativeExplanation explanation = new()
        {
            Model = File.ReadAllBytes(Reference.Path("data", "models", name, "model.onnx")),
            Encoding = Encoding(name),
            Rows = NativeExplanation.Read("data", "datasets", dataset, "validation.csv").Head(20),
            Background = NativeExplanation.Training(dataset).Head(60),
            Link = "logit",
            ByFeature = true,
            Weights = [.. Enumerable.Range(1, 60).Select(i => (double)i)],
        };

        ExplanationReport report = explanation.Run();

        RowEncoder encoder = new(new([new("input", Audit.Inference.TensorKind.Float, [report.Features.Count], 0)], []), explanation.Encoding!);
        float[] rows = (float[])encoder.Encode(explanation.Rows).Tensors[0].Values;
        float[] background = (float[])encoder.Encode(explanation.Background).Tensors[0].Values;
        int width = report.Features.Count;
        Assert.Equal("linear", report.Method);
        for (int player = 0; player < width; player++)
        {
            double mean = Enumerable.Range(0, 60).Sum(b => (b + 1) * (double)background[(b * width) + player]) / (60 * 61 / 2);
            for (int row = 0; row < 20; row++)
            {
                double expected = weights[report.Features[player]] * (rows[(row * width) + player] - mean);
                Assert.Equal(expected, report.Rows[row].Values[0][player], 1e-5 * (1 + Math.Abs(expected)));
            }
        }
    }

    // Strings become one-hot columns inside the graph; each text column is one player.
    [SkippableTheory]
    [InlineData("german_credit_pipeline", "german_credit")]
    [InlineData("german_credit_logreg", "german_credit")]
    [InlineData("hmda_biased", "hmda")]
    [InlineData("hmda_fair", "hmda")]
    [InlineData("adult_logreg", "adult")]
    public void Pipelines_with_text_are_explained_by_column(string name, string dataset)
    {
        NativeExplanation explanation = new()
        {
            Model = File.ReadAllBytes(Reference.Path("data", "models", name, "model.onnx")),
            Encoding = Encoding(name),
            Rows = NativeExplanation.Read("data", "datasets", dataset, "validation.csv").Head(3),
            Background = NativeExplanation.Training(dataset).Head(10),
            Link = "logit",
        };
        string[] columns = [.. explanation.Encoding!.Inputs.SelectMany(input => input.Features).Select(feature => feature.Column).Distinct()];
        Dictionary<string, IReadOnlyList<string>> groups = columns.Skip(4).Select((column, i) => (column, i)).GroupBy(pair => pair.i % 5)
            .ToDictionary(group => $"group {group.Key}", IReadOnlyList<string> (group) => [.. group.Select(pair => pair.column)]);

        ExplanationReport byColumn = explanation.Run();
        ExplanationReport grouped = (explanation with { Groups = groups }).Run();
        ExplanationReport exact = (explanation with { Groups = groups, Method = "exact" }).Run();

        Assert.Equal("linear", byColumn.Method);
        Assert.Equal(columns.Length, byColumn.Features.Count);
        for (int row = 0; row < 3; row++)
        {
            Assert.Equal(exact.Rows[row].Prediction[0], byColumn.Rows[row].Prediction[0], 2e-5);
            for (int player = 0; player < exact.Features.Count; player++)
            {
                Assert.Equal(exact.Rows[row].Values[0][player], grouped.Rows[row].Values[0][player], 2e-5);
            }
        }
    }

    private static NativeExplanation Case() => new()
    {
        Model = File.ReadAllBytes(Reference.Path("goldens", "shap", "models", "logreg.onnx")),
        Rows = NativeExplanation.Read("goldens", "shap", "inputs_X50.csv"),
        Background = NativeExplanation.Read("goldens", "shap", "background_BG100.csv"),
    };

    private static ModelEncoding Encoding(string name) => ModelEncoding.Read(File.ReadAllBytes(Reference.Path("data", "models", name, "manifest.json")));

    private static Dictionary<string, double> Coefficients(JsonElement truth, JsonElement manifest)
    {
        JsonElement coefficients = truth.EnumerateObject().First(property => property.Name.Contains("coef", StringComparison.Ordinal)).Value;
        if (coefficients.ValueKind == JsonValueKind.Object)
        {
            return coefficients.EnumerateObject().ToDictionary(property => property.Name, property => property.Value.GetDouble());
        }

        string[] order = [.. manifest.GetProperty("inputs")[0].GetProperty("feature_order").EnumerateArray().Select(name => name.GetString()!)];
        return order.Zip(coefficients.EnumerateArray()).ToDictionary(pair => pair.First, pair => pair.Second.GetDouble());
    }
}
