using System.Text.Json;
using Governance.Portal.Tests.CommandLine;
using Governance.Tests;

namespace Governance.Portal.Tests.Counterfactuals;

public sealed class CounterfactualCommandTests
{
    private static readonly string Model = Sample("models", "hmda_gbt", "model.onnx");
    private static readonly string Encoding = Sample("models", "hmda_gbt", "manifest.json");
    private static readonly string Data = Sample("hmda", "test.csv");

    [Fact]
    public async Task Says_what_a_denied_applicant_would_have_to_be()
    {
        CommandRun run = await CommandRun.OfAsync(
            "counterfactual", Model, "--data", Data, "--encoding", Encoding, "--row", "21", "--target", "no", "--immutable", "afam,single", "--count", "2",
            "--max-changes", "2", "--json", "-");

        Assert.Equal(0, run.Code);
        Assert.Equal("governance/counterfactual/1", run.Json.GetProperty("schema").GetString());
        Assert.Equal("yes", run.Json.GetProperty("original").GetProperty("prediction").GetString());
        JsonElement[] ways = [.. run.Json.GetProperty("counterfactuals").EnumerateArray()];
        Assert.Equal(2, ways.Length);
        Assert.All(ways, way =>
        {
            Assert.True(way.GetProperty("valid").GetBoolean());
            Assert.Equal("no", way.GetProperty("answer").GetProperty("prediction").GetString());
            Assert.InRange(way.GetProperty("changes").GetArrayLength(), 1, 2);
            Assert.DoesNotContain("afam", way.GetProperty("changes").EnumerateArray().Select(change => change.GetProperty("column").GetString()));
            Assert.Equal(13, way.GetProperty("values").EnumerateObject().Count());
        });
        Assert.Contains("afam", run.Json.GetProperty("fixed").EnumerateArray().Select(name => name.GetString()));
        Assert.Contains("The model would answer 'no' if", run.Error);
        Assert.All(ways, way => Assert.DoesNotContain("because", way.GetProperty("sentence").GetString()));
    }

    [Fact]
    public async Task Constraints_come_from_a_file()
    {
        using TemporaryCsv constraints = new("""{"columns":{"pirat":{"direction":"down","step":0.05}},"immutable":["insurance","lvrat"],"maxChanges":3}""");

        CommandRun run = await CommandRun.OfAsync(
            "counterfactual", Model, "--data", Data, "--encoding", Encoding, "--row", "39", "--constraints", constraints.Path, "--json", "-");

        Assert.Equal(0, run.Code);
        Assert.Equal(3, run.Json.GetProperty("maxChanges").GetInt32());
        JsonElement pirat = Assert.Single(run.Json.GetProperty("actionable").EnumerateArray(), column => column.GetProperty("column").GetString() == "pirat");
        Assert.Equal(0.05, pirat.GetProperty("step").GetDouble());
    }

    [Theory]
    [InlineData("The data has no row 99999", "--row", "99999")]
    [InlineData("--row takes a row counted from 0", "--row", "-1")]
    [InlineData("none of the model's classes", "--row", "21", "--target", "perhaps")]
    [InlineData("which is no column that the model takes", "--row", "21", "--immutable", "wealth")]
    [InlineData("--count takes 1 to 50", "--row", "21", "--count", "0")]
    [InlineData("cannot be read", "--row", "21", "--constraints", "nowhere.json")]
    public async Task Refuses_what_makes_no_sense_in_one_sentence(string sentence, params string[] more)
    {
        CommandRun run = await CommandRun.OfAsync(["counterfactual", Model, "--data", Data, "--encoding", Encoding, .. more]);

        Assert.Equal(2, run.Code);
        Assert.Contains(sentence, run.Error);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    private static string Sample(params string[] parts) => Path.Combine([Reference.Repository, "samples", .. parts]);
}
