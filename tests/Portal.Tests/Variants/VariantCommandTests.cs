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
            JsonElement ratio = metrics["p95_ratio"];
            Assert.Equal(
                metrics["p95_milliseconds"].GetProperty("b").GetDouble() / metrics["p95_milliseconds"].GetProperty("a").GetDouble(), ratio.GetProperty("b").GetDouble(), 1e-9);
            Assert.Equal(2, ratio.GetProperty("interval").GetArrayLength());
            Assert.Equal(new FileInfo(target).Length, metrics["file_bytes"].GetProperty("b").GetInt64());
            Assert.Equal(360, json.GetProperty("rows").GetInt32());
        }
        finally
        {
            File.Delete(target);
        }
    }

    // Boosted trees of the samples: a student, half of the trees, and what a person reads of both.
    [Theory]
    [InlineData("distil", "--student", "logistic")]
    [InlineData("prune-trees", "--part", "leaves")]
    public async Task Trees_become_smaller_on_sample_rows_and_the_command_says_what_that_costs(string recipe, string flag, string value)
    {
        string samples = Path.Combine(Reference.Repository, "samples");
        string target = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.onnx");
        try
        {
            CommandRun run = await CommandRun.OfAsync(
                "variant", Path.Combine(samples, "models", "hmda_gbt", "model.onnx"), "--encoding", Path.Combine(samples, "models", "hmda_gbt", "manifest.json"), "--recipe", recipe, flag, value,
                "--calibration", Path.Combine(samples, "hmda", "train.csv"), "--data", Path.Combine(samples, "hmda", "test.csv"), "--label", "deny", "--out", target, "--json", "-");

            Assert.True(run.Code == 0, run.Error);
            Dictionary<string, JsonElement> metrics = run.Json.GetProperty("metrics").EnumerateArray().ToDictionary(metric => metric.GetProperty("name").GetString()!);
            Assert.InRange(metrics["file_bytes"].GetProperty("b").GetDouble() / metrics["file_bytes"].GetProperty("a").GetDouble(), 0.001, 0.7);
            Assert.InRange(run.Json.GetProperty("flips").GetProperty("share").GetDouble(), 0, 0.06);
            Assert.Matches("file_bytes +64,661 ", run.Error);
            Assert.Equal(recipe == "distil", run.Json.TryGetProperty("student", out JsonElement student));
            if (recipe == "distil")
            {
                Assert.InRange(student.GetProperty("fidelity").GetDouble(), 0.9, 1);
                Assert.Contains("Rows decided as the model does", run.Error, StringComparison.Ordinal);
            }
        }
        finally
        {
            File.Delete(target);
        }
    }

    [Theory]
    [InlineData("hmda_gbt", "int8-dynamic", "There is nothing in this model that the recipe int8-dynamic changes.")]
    [InlineData("digits_cnn", "int8-static", "The recipe int8-static needs rows to measure ranges on.")]
    [InlineData("hmda_gbt", "distil", "The recipe distil needs rows to learn from.")]
    public async Task What_cannot_be_made_is_refused_and_nothing_is_written(string model, string recipe, string sentence)
    {
        string target = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.onnx");

        CommandRun run = await CommandRun.OfAsync("variant", Network.Replace("digits_cnn", model, StringComparison.Ordinal), "--recipe", recipe, "--out", target);

        Assert.Equal(2, run.Code);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(target));
    }
}
