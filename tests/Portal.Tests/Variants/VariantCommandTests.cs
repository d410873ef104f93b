using System.Text.Json;
using Governance.Portal.Tests.CommandLine;
using Governance.Tests;

namespace Governance.Portal.Tests.Variants;

public sealed class VariantCommandTests
{
    private static readonly string Network = Path.Combine(Reference.Repository, "samples", "models", "digits_cnn", "model.onnx");

    [SkippableFact]
    public async Task A_variant_is_written_and_measured_beside_its_parent()
    {
        string rows = Reference.Path("data", "datasets", "digits", "test.csv");
        string target = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.onnx");
        try
        {
            CommandRun run = await CommandRun.OfAsync(
                "variant", Network, "--recipe", "int8-static", "--calibration", rows, "--ranges", "percentile", "--data", rows, "--label", "digit", "--out", target, "--json", "-");

            Assert.True(run.Code == 0, run.Error);
            JsonElement json = run.Json;
            Assert.Equal("governance/variant/1", json.GetProperty("schema").GetString());
            Dictionary<string, JsonElement> metrics = json.GetProperty("metrics").EnumerateArray().ToDictionary(metric => metric.GetProperty("name").GetString()!);
            Assert.InRange(metrics["large_matrix_bytes"].GetProperty("b").GetDouble() / metrics["large_matrix_bytes"].GetProperty("a").GetDouble(), 0.2, 0.3);
            Assert.InRange(metrics["accuracy"].GetProperty("difference").GetDouble(), -0.01, 0.01);
            Assert.True(metrics["p95_milliseconds"].GetProperty("a").GetDouble() > 0);
            Assert.Equal(new FileInfo(target).Length, metrics["file_bytes"].GetProperty("b").GetInt64());
            Assert.Equal(360, json.GetProperty("rows").GetInt32());
        }
        finally
        {
            File.Delete(target);
        }
    }

    [Theory]
    [InlineData("hmda_gbt", "int8-dynamic", "There is nothing in this model that the recipe int8-dynamic changes.")]
    [InlineData("digits_cnn", "int8-static", "The recipe int8-static needs rows to measure ranges on.")]
    public async Task What_cannot_be_made_is_refused_and_nothing_is_written(string model, string recipe, string sentence)
    {
        string target = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.onnx");

        CommandRun run = await CommandRun.OfAsync("variant", Network.Replace("digits_cnn", model, StringComparison.Ordinal), "--recipe", recipe, "--out", target);

        Assert.Equal(2, run.Code);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(target));
    }
}
