using System.Text.Json;
using Governance.Portal.Tests.CommandLine;

namespace Governance.Portal.Tests.Performance;

public sealed class PerformanceCommandTests
{
    [Fact]
    public async Task Writes_the_body_of_the_contract()
    {
        JsonElement json = await JsonAsync(
            "y,s,f\n1,0.9,1\n0,0.2,1\n1,0.4,2\n0,0.1,2\n", "--label", "y", "--score", "s", "--fold", "f", "--cost", "fp=1,fn=5", "--bins", "4");

        Assert.Equal("governance/performance/1", json.GetProperty("schema").GetString());
        Assert.Equal("binary", json.GetProperty("task").GetString());
        Assert.Equal("1", json.GetProperty("positive").GetString());
        Assert.Equal(4, json.GetProperty("count").GetInt32());
        Assert.Equal(0.75, json.GetProperty("metrics").GetProperty("accuracy").GetDouble());
        Assert.Equal(1.25, json.GetProperty("metrics").GetProperty("cost").GetDouble());
        Assert.Equal(1, json.GetProperty("metrics").GetProperty("roc_auc").GetDouble());
        Assert.Equal(2, json.GetProperty("intervals").GetProperty("accuracy").GetArrayLength());
        Assert.Equal(["0", "1"], json.GetProperty("confusion").GetProperty("labels").EnumerateArray().Select(label => label.GetString()));
        Assert.Equal(1, json.GetProperty("confusion").GetProperty("matrix")[1][0].GetDouble());
        Assert.Equal(4, json.GetProperty("calibration").GetArrayLength());
        Assert.Equal(["1", "2"], json.GetProperty("folds").EnumerateArray().Select(fold => fold.GetProperty("fold").GetString()));
    }

    [Fact]
    public async Task Several_scores_are_classes_in_the_order_named()
    {
        JsonElement json = await JsonAsync(
            "y,u,v,w\nred,0.6,0.3,0.1\ngreen,0.2,0.5,0.3\nblue,0.1,0.2,0.7\n", "--label", "y", "--score", "u,v,w", "--classes", "red,green,blue");

        Assert.Equal("multiclass", json.GetProperty("task").GetString());
        Assert.Equal(1, json.GetProperty("metrics").GetProperty("accuracy").GetDouble());
        Assert.Equal(-(Math.Log(0.6) + Math.Log(0.5) + Math.Log(0.7)) / 3, json.GetProperty("metrics").GetProperty("log_loss").GetDouble(), 1e-12);
    }

    [Fact]
    public async Task Numbers_are_a_regression()
    {
        JsonElement json = await JsonAsync("y,p\n1.5,1\n2.5,3\n4,4\n", "--label", "y", "--prediction", "p");

        Assert.Equal("regression", json.GetProperty("task").GetString());
        Assert.Equal(1 / 3.0, json.GetProperty("metrics").GetProperty("mae").GetDouble(), 1e-15);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("positive").ValueKind);
    }

    // The first and the second row are the training data's; the 4 rows' parts have a row of either kind.
    [Fact]
    public async Task Training_data_parts_and_time_stand_beside_the_metrics()
    {
        using TemporaryCsv train = new("x,y\n1,1\n2,0\n7,0\n8,0\n");

        JsonElement json = await JsonAsync(
            "x,y,s,t\n1,1,0.9,2024-01-01\n2,0,0.2,2024-01-02\n3,1,0.4,2024-01-03\n4,0,0.1,2024-01-04\n",
            "--label", "y", "--score", "s", "--train", train.Path, "--folds", "2", "--time", "t", "--time-split", "2024-01-03");

        JsonElement shared = json.GetProperty("overlap").GetProperty("duplicates").GetProperty("shared");
        Assert.Equal((2, 0.5), (shared.GetProperty("rows").GetInt32(), shared.GetProperty("share").GetDouble()));
        Assert.Equal(2, json.GetProperty("overlap").GetProperty("without").GetProperty("count").GetInt32());
        Assert.Contains(json.GetProperty("warnings").EnumerateArray(), warning => warning.GetProperty("code").GetString() == "training-rows");
        JsonElement prior = json.GetProperty("baselines").EnumerateArray().Single(own => own.GetProperty("name").GetString() == "prior");
        Assert.Equal("the training data", prior.GetProperty("from").GetString());
        Assert.Equal(-(0.5 * Math.Log(0.25)) - (0.5 * Math.Log(0.75)), prior.GetProperty("metrics").GetProperty("log_loss").GetDouble(), 1e-12);
        Assert.Equal(2, json.GetProperty("stability").GetProperty("parts").GetArrayLength());
        Assert.Equal(2, json.GetProperty("outOfTime").GetProperty("later").GetProperty("count").GetInt32());
    }

    [Theory]
    [InlineData("2 rows cannot be cut into 5 parts.", "--prediction", "p", "--folds", "5")]
    [InlineData("A prediction interval has two ends: give both --lower and --upper.", "--prediction", "p", "--lower", "p")]
    [InlineData("--time-split cuts a column of time: name it with --time.", "--prediction", "p", "--time-split", "5")]
    [InlineData("--cost takes both fp= and fn=, each a number of at least 0.", "--prediction", "p", "--cost", "fp=1")]
    [InlineData("The number of bins must lie between 1 and 1,000.", "--prediction", "p", "--bins", "0")]
    [InlineData("There are 2 score columns for 3 classes: name the classes in the order of the scores.", "--score", "p,y", "--classes", "0,1,2")]
    [InlineData("Predictions are needed: name a prediction column, or a score column and a threshold.")]
    public async Task Refuses_in_one_sentence_with_exit_code_2(string sentence, params string[] flags)
    {
        using TemporaryCsv file = new("y,p\n1,1\n0,0\n");

        CommandRun run = await CommandRun.OfAsync(["performance", file.Path, "--label", "y", .. flags, "--json", "-"]);

        Assert.Equal((2, "", sentence), (run.Code, run.Output, run.Error.Trim()));
    }

    private static async Task<JsonElement> JsonAsync(string csv, params string[] flags)
    {
        using TemporaryCsv file = new(csv);
        CommandRun run = await CommandRun.OfAsync(["performance", file.Path, .. flags, "--json", "-"]);
        Assert.True(run.Code == 0, run.Error);
        return run.Json;
    }
}
