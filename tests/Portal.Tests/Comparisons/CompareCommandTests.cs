using System.Text.Json;
using Governance.Portal.Tests.CommandLine;
using Governance.Tests;

namespace Governance.Portal.Tests.Comparisons;

public sealed class CompareCommandTests
{
    private static readonly string Biased = Path.Combine(Reference.Repository, "samples", "models", "hmda_biased");
    private static readonly string Fair = Path.Combine(Reference.Repository, "samples", "models", "hmda_fair");
    private static readonly string Test = Path.Combine(Reference.Repository, "samples", "hmda", "test.csv");

    [Fact]
    public async Task Two_models_stand_side_by_side_with_intervals_and_flips()
    {
        JsonElement json = await JsonAsync("--interval", "analytic", "--protected", "afam");

        Assert.Equal("governance/compare/1", json.GetProperty("schema").GetString());
        Assert.Equal(("binary", "yes"), (json.GetProperty("task").GetString(), json.GetProperty("positive").GetString()));
        Assert.Equal(476, json.GetProperty("count").GetInt32());
        JsonElement area = Metric(json, "roc_auc");
        Assert.Equal(area.GetProperty("b").GetDouble() - area.GetProperty("a").GetDouble(), area.GetProperty("difference").GetDouble(), 1e-12);
        Assert.Equal("delong", area.GetProperty("test").GetString());
        JsonElement rows = json.GetProperty("discordant");
        int right = rows.GetProperty("onlyA").GetInt32() + rows.GetProperty("both").GetInt32();
        Assert.Equal(right / 476.0, Metric(json, "accuracy").GetProperty("a").GetDouble(), 1e-12);
        JsonElement[] groups = [.. json.GetProperty("groups").EnumerateArray()];
        Assert.Equal(["no", "yes"], groups.Select(group => group.GetProperty("group").GetString()));
        Assert.Equal(json.GetProperty("flips").GetProperty("count").GetInt32(), groups.Sum(group => group.GetProperty("flips").GetInt32()));
    }

    [Fact]
    public async Task The_bootstrap_is_seeded_and_does_not_hang_on_threads()
    {
        JsonElement one = await JsonAsync("--bootstrap", "100", "--seed", "5", "--threads", "1");
        JsonElement two = await JsonAsync("--bootstrap", "100", "--seed", "5", "--threads", "2");

        Assert.Equal(one.GetProperty("metrics").GetRawText(), two.GetProperty("metrics").GetRawText());
        Assert.Equal("bootstrap", one.GetProperty("interval").GetString());
        Assert.Equal(2, Metric(one, "ece").GetProperty("interval").GetArrayLength());
    }

    [Fact]
    public async Task Without_a_label_the_two_are_compared_by_what_they_say()
    {
        JsonElement labelled = await JsonAsync("--interval", "analytic");
        CommandRun run = await RunAsync("--no-label");
        JsonElement json = run.Json;

        Assert.False(json.GetProperty("labelled").GetBoolean());
        Assert.Equal(0, json.GetProperty("metrics").GetArrayLength());
        Assert.Equal(labelled.GetProperty("flips").GetProperty("count").GetInt32(), json.GetProperty("flips").GetProperty("count").GetInt32());
        Assert.Equal(labelled.GetProperty("shift").GetProperty("mean").GetDouble(), json.GetProperty("shift").GetProperty("mean").GetDouble(), 1e-12);
        Assert.Contains("no label: compared by what the two say", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("--no-label", "--label", "deny")).Code);
    }

    private static JsonElement Metric(JsonElement json, string name) =>
        json.GetProperty("metrics").EnumerateArray().Single(metric => metric.GetProperty("name").GetString() == name);

    private static async Task<JsonElement> JsonAsync(params string[] flags)
    {
        CommandRun run = await RunAsync(["--label", "deny", .. flags]);
        Assert.True(run.Code == 0, run.Error);
        return run.Json;
    }

    private static Task<CommandRun> RunAsync(params string[] flags) => CommandRun.OfAsync(
    [
        "compare", Path.Combine(Biased, "model.onnx"), Path.Combine(Fair, "model.onnx"), "--data", Test,
        "--encoding", Path.Combine(Biased, "manifest.json"), "--encoding-b", Path.Combine(Fair, "manifest.json"), .. flags, "--json", "-",
    ]);
}
