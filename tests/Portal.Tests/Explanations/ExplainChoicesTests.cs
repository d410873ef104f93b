using System.Text.Json;
using Governance.Portal.Tests.CommandLine;
using Governance.Tests;

namespace Governance.Portal.Tests.Explanations;

/// <summary>What can be chosen in <c>governance explain</c>: reference rows, hierarchies, interactions, results kept.</summary>
public sealed class ExplainChoicesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("explain-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_second_identical_request_runs_no_model_and_a_different_one_does()
    {
        string[] flags = ["--method", "exact", "--row", "0,1", "--seed", "77"];

        JsonElement first = await ExplainAsync(flags);
        JsonElement second = await ExplainAsync(flags);
        JsonElement other = await ExplainAsync([.. flags, "--link", "logit"]);
        JsonElement forced = await ExplainAsync([.. flags, "--no-cache"]);

        Assert.Equal("computed", first.GetProperty("resultFrom").GetString());
        Assert.True(first.GetProperty("modelCalls").GetInt64() > 0);
        Assert.Equal("cache", second.GetProperty("resultFrom").GetString());
        Assert.Equal(0, second.GetProperty("modelCalls").GetInt64());
        Assert.Equal(0, second.GetProperty("modelRows").GetInt64());
        Assert.Equal(first.GetProperty("rows").GetRawText(), second.GetProperty("rows").GetRawText());
        Assert.Equal(first.GetProperty("warnings").GetRawText(), second.GetProperty("warnings").GetRawText());
        Assert.Equal(first.GetProperty("resultKey").GetString(), second.GetProperty("resultKey").GetString());
        Assert.NotEqual(first.GetProperty("resultKey").GetString(), other.GetProperty("resultKey").GetString());
        Assert.True(forced.GetProperty("modelCalls").GetInt64() > 0);
    }

    [Fact]
    public async Task Every_way_to_choose_makes_a_key_of_its_own()
    {
        string background = Write("b.csv", string.Join('\n', File.ReadLines(Sample("hmda", "train.csv")).Take(20)));
        string[][] choices =
        [
            [], ["--row", "1"], ["--samples", "500"], ["--seed", "3"], ["--class", "0"], ["--background", background],
            ["--reference", "mean"], ["--reference", "zero"], ["--reference", "own:single"], ["--interactions"], ["--link", "logit"],
            ["--until-width", "0.5"], ["--groups", Write("g.json", """{"ratios": ["pirat", "hirat"]}""")], ["--background-where", "single = 'yes'"],
        ];

        List<string> keys = [];
        foreach (string[] choice in choices)
        {
            JsonElement report = await ExplainAsync(["--method", "exact", .. choice.Contains("--row") ? (string[])[] : ["--row", "0"], .. choice]);
            keys.Add(report.GetProperty("resultKey").GetString()!);
        }

        Assert.Equal(choices.Length, keys.Distinct().Count());
    }

    [Fact]
    public async Task A_single_reference_row_is_its_own_base_value()
    {
        JsonElement report = await ExplainAsync("--method", "exact", "--row", "3", "--reference", "row:7");
        JsonElement itself = await ExplainAsync("--method", "exact", "--row", "7", "--reference", "row:7");

        Assert.Equal("row:7", report.GetProperty("reference").GetString());
        Assert.Equal(1, report.GetProperty("background").GetProperty("rows").GetInt32());
        Assert.Equal(
            itself.GetProperty("rows")[0].GetProperty("prediction").GetDouble(), report.GetProperty("baseValue").GetDouble(), 1e-7);
        Assert.All(Numbers(itself.GetProperty("rows")[0].GetProperty("values")), value => Assert.Equal(0, value));
    }

    [Fact]
    public async Task A_row_compared_with_its_own_group_equals_one_compared_with_that_cohort()
    {
        string background = Sample("hmda", "train.csv");
        string cohort = "single = 'yes'";
        JsonElement own = await ExplainAsync("--method", "exact", "--row", "0,1,2,3,4,5", "--background", Head(background, 200), "--reference", "own:single");
        JsonElement whole = await ExplainAsync("--method", "exact", "--row", "0,1,2,3,4,5", "--background", Head(background, 200));
        JsonElement only = await ExplainAsync(
            "--method", "exact", "--row", "0,1,2,3,4,5", "--background", Head(background, 200), "--background-where", cohort);
        string[] cells = [.. File.ReadLines(Sample("hmda", "validation.csv")).Skip(1).Take(6)];
        int column = Array.IndexOf(File.ReadLines(Sample("hmda", "validation.csv")).First().Split(','), "single");

        Assert.Equal(whole.GetProperty("baseValue").GetDouble(), own.GetProperty("baseValue").GetDouble(), 1e-9);
        int compared = 0;
        for (int row = 0; row < 6; row++)
        {
            JsonElement explained = own.GetProperty("rows")[row];
            Assert.Equal(
                explained.GetProperty("prediction").GetDouble(),
                explained.GetProperty("baseValue").GetDouble() + Numbers(explained.GetProperty("values")).Sum(), 1e-9);
            if (cells[row].Split(',')[column] == "yes")
            {
                Assert.Equal(only.GetProperty("baseValue").GetDouble(), explained.GetProperty("baseValue").GetDouble(), 1e-9);
                Assert.Equal(Numbers(only.GetProperty("rows")[row].GetProperty("values")), Numbers(explained.GetProperty("values")));
                compared++;
            }
        }

        Assert.InRange(compared, 1, 5);
    }

    [Fact]
    public async Task Interactions_are_symmetric_and_vanish_for_log_odds_of_a_logistic_regression()
    {
        JsonElement probability = await ExplainAsync("--method", "exact", "--row", "0", "--interactions");
        JsonElement odds = await ExplainAsync("--method", "exact", "--row", "0", "--interactions", "--link", "logit");

        double[][] pairs = [.. probability.GetProperty("rows")[0].GetProperty("interactions").EnumerateArray().Select(Numbers)];
        double[][] none = [.. odds.GetProperty("rows")[0].GetProperty("interactions").EnumerateArray().Select(Numbers)];
        Assert.Contains(pairs.SelectMany(row => row), value => Math.Abs(value) > 1e-4);
        for (int i = 0; i < pairs.Length; i++)
        {
            Assert.Equal(0, pairs[i][i]);
            for (int j = 0; j < i; j++)
            {
                Assert.Equal(pairs[i][j], pairs[j][i]);
                Assert.Equal(0, none[i][j], 1e-5);
            }
        }
    }

    [Fact]
    public async Task The_estimate_stands_beside_what_the_run_took()
    {
        JsonElement report = await ExplainAsync("--method", "exact", "--row", "0,1,2", "--no-cache");

        JsonElement estimate = report.GetProperty("estimate");
        double rows = estimate.GetProperty("modelRows").GetDouble() / report.GetProperty("modelRows").GetDouble();
        Assert.InRange(rows, 0.5, 2);
        Assert.True(estimate.GetProperty("seconds").GetDouble() > 0);
        Assert.True(estimate.GetProperty("calibrationRows").GetInt64() > 0);
    }

    private static async Task<JsonElement> ExplainAsync(params string[] flags)
    {
        string[] all =
        [
            "explain", Sample("models", "hmda_logreg", "model.onnx"), "--encoding", Sample("models", "hmda_logreg", "manifest.json"),
            "--data", Sample("hmda", "validation.csv"), "--provider", "cpu", "--json", "-", .. flags,
        ];
        CommandRun run = await CommandRun.OfAsync(all);
        Assert.True(run.Code == 0, run.Error);
        return run.Json;
    }

    private static string Sample(params string[] parts) => Path.Combine([Reference.Repository, "samples", .. parts]);

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetDouble())];

    private string Head(string path, int rows) => Write($"head-{rows}.csv", string.Join('\n', File.ReadLines(path).Take(rows + 1)));

    private string Write(string name, string text)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
