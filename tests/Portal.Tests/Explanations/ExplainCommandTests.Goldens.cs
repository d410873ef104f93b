using System.Text.Json;
using Governance.Tests;

namespace Governance.Portal.Tests.Explanations;

/// <summary>The command against brute force on the Adult data of the reference folder.</summary>
public sealed partial class ExplainCommandTests
{
    [SkippableTheory]
    [InlineData("logreg")]
    [InlineData("gbm")]
    [InlineData("mlp")]
    public async Task Exact_values_on_Adult_are_those_of_the_goldens(string model)
    {
        string path = Reference.Path("goldens", "shap", "models", $"{model}.onnx");
        string data = Reference.Path("goldens", "shap", "inputs_X50.csv");
        string background = Reference.Path("goldens", "shap", "background_BG100.csv");
        (int code, string output, string error) = await RunAsync(
            ["explain", path, "--data", data, "--background", background, "--method", "exact", "--provider", "cpu", "--json", "-"]);

        Assert.True(code == 0, error);
        using JsonDocument report = JsonDocument.Parse(output);
        string[] golden = await File.ReadAllLinesAsync(Reference.Path("goldens", "shap", $"{model}_exact_shapley_prob.csv"));
        for (int row = 0; row < 50; row++)
        {
            double[] expected = [.. golden[row + 1].Split(',').Select(double.Parse)];
            double[] values = Numbers(report.RootElement.GetProperty("rows")[row].GetProperty("values"));
            Assert.Equal(expected[0], report.RootElement.GetProperty("baseValue").GetDouble(), 1e-6);
            for (int i = 0; i < values.Length; i++)
            {
                Assert.Equal(expected[i + 1], values[i], 1e-6);
            }
        }
    }
}
