using System.Text.Json;
using Governance.Portal.Tests.CommandLine;
using Governance.Tests;

namespace Governance.Portal.Tests.Comparisons;

public sealed class BatteryCommandTests
{
    private static readonly string Biased = Path.Combine(Reference.Repository, "samples", "models", "hmda_biased");
    private static readonly string Fair = Path.Combine(Reference.Repository, "samples", "models", "hmda_fair");
    private static readonly string Data = Path.Combine(Reference.Repository, "samples", "hmda", "test.csv");

    [Fact]
    public async Task Another_model_is_no_variant_and_the_exit_code_says_so()
    {
        CommandRun run = await RunAsync(Fair, "--battery", "--protected", "afam", "--explain-rows", "5", "--json", "-");

        Assert.True(run.Code == 1, run.Error);
        JsonElement json = run.Json;
        Assert.Equal(("governance/compare/1", "breaches", "default 3"), (json.GetProperty("schema").GetString(), json.GetProperty("verdict").GetString(), json.GetProperty("policy").GetString()));
        JsonElement[] lines = [.. json.GetProperty("metrics").EnumerateArray()];
        JsonElement accuracy = lines.Single(line => line.GetProperty("name").GetString() == "accuracy" && !line.TryGetProperty("group", out _));
        Assert.Equal(accuracy.GetProperty("b").GetDouble() - accuracy.GetProperty("a").GetDouble(), accuracy.GetProperty("difference").GetDouble(), 1e-12);
        Assert.Equal("non-inferiority", accuracy.GetProperty("test").GetString());
        Assert.Contains(lines, line => line.TryGetProperty("group", out JsonElement group) && group.GetString() == "yes" && line.GetProperty("verdict").GetString() == "breaches");
        Assert.Equal(3, json.GetProperty("speed").GetProperty("sizes").GetArrayLength());
    }

    [Fact]
    public async Task The_same_model_breaches_nothing_and_strict_asks_for_rows_that_are_not_there()
    {
        Assert.Equal(0, (await RunAsync(Biased, "--battery", "--protected", "afam", "--explain-rows", "5")).Code);
        CommandRun strict = await RunAsync(Biased, "--battery", "--strict", "--protected", "afam", "--explain-rows", "5");
        Assert.Equal(1, strict.Code);
        Assert.Contains("rows would decide", strict.Output + strict.Error, StringComparison.Ordinal);
    }

    // No pack limits latency unless somebody writes it in; then the ratio of the 95th percentiles is judged like any line.
    [Theory]
    [InlineData("0.0001", 1, "breaches")]
    [InlineData("1000000", 0, "meets")]
    public async Task A_pack_may_limit_the_ratio_of_latencies(string most, int code, string verdict)
    {
        string pack = Path.Combine(Path.GetTempPath(), $"pack-{Guid.CreateVersion7():n}.yaml");
        string limits = Path.Combine(Reference.Repository, "src", "Registry", "Policies", "default-3.yaml");
        string text = (await File.ReadAllTextAsync(limits)).Replace("name: default", "name: house", StringComparison.Ordinal).Replace("\nlimits:\n", $"""

            limits:
              - id: equivalence-p95-ratio
                name: The variant's P95 latency over its parent's
                value: {most}
                stricter: lower
                citation: House rule

            """, StringComparison.Ordinal);
        await File.WriteAllTextAsync(pack, text);
        try
        {
            CommandRun run = await RunAsync(Biased, "--battery", "--policy", pack, "--explain-rows", "0", "--json", "-");

            Assert.True(run.Code == code, run.Error);
            JsonElement line = run.Json.GetProperty("metrics").EnumerateArray().Single(each => each.TryGetProperty("limit", out JsonElement limit) && limit.GetString() == "equivalence-p95-ratio");
            Assert.Equal(("p95_ratio", verdict), (line.GetProperty("name").GetString(), line.GetProperty("verdict").GetString()));
        }
        finally
        {
            File.Delete(pack);
        }
    }

    [Theory]
    [InlineData("--policy goes with --battery.", "--policy", "x.yaml")]
    [InlineData("takes no --weight", "--battery", "--weight", "lvrat")]
    [InlineData("Explain 0 to", "--battery", "--explain-rows", "-1")]
    [InlineData("'nobody'", "--battery", "--protected", "nobody")]
    public async Task What_does_not_fit_is_one_sentence(string sentence, params string[] flags)
    {
        CommandRun run = await RunAsync(Fair, flags);

        Assert.Equal(2, run.Code);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
    }

    private static Task<CommandRun> RunAsync(string other, params string[] flags) => CommandRun.OfAsync(
    [
        "compare", Path.Combine(Biased, "model.onnx"), Path.Combine(other, "model.onnx"), "--data", Data, "--label", "deny",
        "--encoding", Path.Combine(Biased, "manifest.json"), "--encoding-b", Path.Combine(other, "manifest.json"), .. flags,
    ]);
}
