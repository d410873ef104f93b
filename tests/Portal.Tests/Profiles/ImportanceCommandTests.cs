using System.Text.Json;
using Governance.Portal.Tests.CommandLine;
using Governance.Tests;

namespace Governance.Portal.Tests.Profiles;

public sealed class ImportanceCommandTests
{
    private static readonly string Model = Sample("models", "hmda_gbt", "model.onnx");
    private static readonly string Encoding = Sample("models", "hmda_gbt", "manifest.json");
    private static readonly string Data = Sample("hmda", "test.csv");

    [Fact]
    public async Task Shuffling_and_attribution_stand_side_by_side()
    {
        CommandRun run = await CommandRun.OfAsync(
            "importance", Model, "--data", Data, "--encoding", Encoding, "--label", "deny", "--repeats", "2", "--explained", "5", "--samples", "256", "--bootstrap", "50", "--json", "-");

        Assert.True(run.Code == 0, run.Error);
        JsonElement permutation = run.Json.GetProperty("permutation");
        JsonElement attribution = run.Json.GetProperty("attribution");
        Assert.Equal("roc_auc", permutation.GetProperty("metric").GetString());
        Assert.Equal(13, permutation.GetProperty("features").GetArrayLength());
        Assert.Equal(13, attribution.GetProperty("features").GetArrayLength());
        Assert.Equal(5, attribution.GetProperty("rows").GetInt32());
        Assert.Equal(13, attribution.GetProperty("ranks").GetProperty("outranks").GetArrayLength());
        Assert.InRange(attribution.GetProperty("agreement").GetProperty("rankCorrelation").GetDouble(), -1, 1);
        Assert.Contains("would stay ahead of", run.Error);
        JsonElement[] placed = [.. attribution.GetProperty("placed").EnumerateArray()];
        Assert.Equal(Enumerable.Range(1, 13), placed.Select(feature => feature.GetProperty("attributed").GetInt32()).Order());
        Assert.Equal(
            permutation.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("feature").GetString()),
            placed.OrderBy(feature => feature.GetProperty("permuted").GetInt32()).Select(feature => feature.GetProperty("feature").GetString()));
        Assert.Contains("by shuffling", run.Error);
    }

    [Theory]
    [InlineData("there are accuracy, roc_auc", "--label", "deny", "--metric", "gini")]
    [InlineData("The data has no column 'outcome'", "--label", "outcome")]
    [InlineData("none of the model's classes", "--label", "pirat")]
    [InlineData("--repeats takes 1 to 1,000", "--label", "deny", "--repeats", "0")]
    public async Task Refuses_what_makes_no_sense_in_one_sentence(string sentence, params string[] more)
    {
        CommandRun run = await CommandRun.OfAsync(["importance", Model, "--data", Data, "--encoding", Encoding, .. more]);

        Assert.Equal(2, run.Code);
        Assert.Contains(sentence, run.Error);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    private static string Sample(params string[] parts) => Path.Combine([Reference.Repository, "samples", .. parts]);
}
