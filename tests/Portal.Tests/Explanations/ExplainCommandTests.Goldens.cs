using System.IO.Compression;
using System.Runtime.InteropServices;
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

    [SkippableTheory]
    [InlineData("logreg", "exact", "", "exact_shapley_margin", 5e-6, "--link", "logit")]
    [InlineData("gbm", "exact", "", "exact_shapley_margin", 5e-6, "--link", "logit")]
    [InlineData("mlp", "exact", "", "exact_shapley_margin", 5e-6, "--link", "logit")]
    [InlineData("logreg", "owen", "groups.json", "owen_prob", 1e-6)]
    [InlineData("gbm", "owen", "groups.json", "owen_prob", 1e-6)]
    [InlineData("mlp", "owen", "groups.json", "owen_margin", 5e-6, "--link", "logit")]
    [InlineData("logreg", "owen", "partition_clustering.csv", "shap_PartitionExplainer_prob", 1e-6)]
    [InlineData("gbm", "owen", "partition_clustering.csv", "shap_PartitionExplainer_prob", 1e-6)]
    [InlineData("mlp", "owen", "partition_clustering.csv", "shap_PartitionExplainer_prob", 1e-6)]
    [InlineData("logreg", "exact", "groups.json", "group_shapley_prob", 1e-6)]
    [InlineData("gbm", "exact", "groups.json", "group_shapley_margin", 5e-6, "--link", "logit")]
    [InlineData("mlp", "exact", "groups.json", "group_shapley_prob", 1e-6)]
    public async Task Values_on_Adult_are_those_of_the_goldens(
        string model, string method, string unions, string golden, double close, params string[] flags)
    {
        string flag = method == "owen" ? "--hierarchy" : "--groups";
        string[] given = unions.Length == 0 ? [] : [flag, Reference.Path("goldens", "shap", unions)];

        using JsonDocument report = await AdultAsync(model, [.. given, .. flags, "--method", method]);

        string[] lines = await File.ReadAllLinesAsync(Reference.Path("goldens", "shap", $"{model}_{golden}.csv"));
        for (int row = 0; row < 50; row++)
        {
            double[] values = Numbers(report.RootElement.GetProperty("rows")[row].GetProperty("values"));
            double[] expected = [.. lines[row + 1].Split(',').Select(double.Parse).TakeLast(values.Length)];
            for (int i = 0; i < values.Length; i++)
            {
                Assert.Equal(expected[i], values[i], close);
            }
        }
    }

    // From the goldens' own tables of all coalitions, by the definition.
    [SkippableTheory]
    [InlineData("gbm", "prob", 1e-6)]
    [InlineData("mlp", "margin", 5e-6)]
    public async Task Interactions_on_Adult_are_those_of_the_goldens(string model, string space, double close)
    {
        string npz = Reference.Path("goldens", "shap", $"{model}_exact.npz");
        double[] expected = Npy(npz, $"sii2_{space}.npy");

        using JsonDocument report = await AdultAsync(
            model, ["--method", "exact", "--interactions", "--link", space == "prob" ? "identity" : "logit"]);

        for (int row = 0; row < 50; row++)
        {
            double[] pairs = [.. report.RootElement.GetProperty("rows")[row].GetProperty("interactions").EnumerateArray().SelectMany(Numbers)];
            for (int i = 0; i < 144; i++)
            {
                Assert.Equal(expected[(row * 144) + i], pairs[i], close);
            }
        }
    }

    // Integrals of 20,000 midpoints, and slopes, in double.
    [SkippableTheory]
    [InlineData("integrated-gradients", "ig_bgmean_limit20000mid", 1e-3)]
    [InlineData("integrated-gradients", "ig_zero_limit20000mid", 1e-3, "--reference", "zero")]
    [InlineData("saliency", "gradients", 1e-4)]
    public async Task Gradients_on_Adult_are_those_of_the_goldens(string method, string golden, double close, params string[] flags)
    {
        using JsonDocument report = await AdultAsync("mlp", [.. flags, "--method", method, "--link", "logit", "--no-cache"]);

        string[] lines = await File.ReadAllLinesAsync(Reference.Path("goldens", "shap", $"mlp_{golden}_margin.csv"));
        double[][] expected = [.. lines.Skip(1).Select(line => line.Split(',').Select(double.Parse).ToArray())];
        double range = expected.Max(row => row.Max()) - expected.Min(row => row.Min());
        for (int row = 0; row < 50; row++)
        {
            double[] values = Numbers(report.RootElement.GetProperty("rows")[row].GetProperty("values"));
            Assert.All(values.Zip(expected[row]), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, close * range));
        }
    }

    private static async Task<JsonDocument> AdultAsync(string model, string[] flags)
    {
        (int code, string output, string error) = await RunAsync(
        [
            "explain", Reference.Path("goldens", "shap", "models", $"{model}.onnx"),
            "--data", Reference.Path("goldens", "shap", "inputs_X50.csv"),
            "--background", Reference.Path("goldens", "shap", "background_BG100.csv"), "--provider", "cpu", "--json", "-", .. flags,
        ]);
        Assert.True(code == 0, error);
        return JsonDocument.Parse(output);
    }

    // An array of doubles in row order: the head ends with a line break, its length stands before it.
    private static double[] Npy(string npz, string name)
    {
        using ZipArchive archive = ZipFile.OpenRead(npz);
        using Stream stream = archive.GetEntry(name)!.Open();
        using MemoryStream bytes = new();
        stream.CopyTo(bytes);
        byte[] all = bytes.ToArray();
        int start = 10 + BitConverter.ToUInt16(all, 8);
        Assert.Contains("'<f8', 'fortran_order': False", System.Text.Encoding.ASCII.GetString(all, 10, start - 10), StringComparison.Ordinal);
        return MemoryMarshal.Cast<byte, double>(all.AsSpan(start)).ToArray();
    }
}
