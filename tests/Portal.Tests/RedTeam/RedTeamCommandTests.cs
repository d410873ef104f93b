using System.Text.Json;
using Governance.Portal.Tests.CommandLine;
using Governance.Tests;

namespace Governance.Portal.Tests.RedTeam;

public sealed class RedTeamCommandTests
{
    private static readonly string[] Logreg =
    [
        "redteam", Sample("models", "hmda_logreg", "model.onnx"), "--encoding", Sample("models", "hmda_logreg", "manifest.json"), "--data", Sample("hmda", "test.csv"),
    ];

    [Fact]
    public async Task Attacks_stand_in_table_and_json_with_and_without_protection()
    {
        CommandRun run = await CommandRun.OfAsync(
            [.. Logreg, "--train", Sample("hmda", "train.csv"), "--label", "deny", "--attacks", "equation,membership", "--role", "consumer", "--json", "-"]);

        Assert.True(run.Code == 0, run.Error);
        Assert.Equal("governance/redteam/1", run.Json.GetProperty("schema").GetString());
        JsonElement[] attacks = [.. run.Json.GetProperty("attacks").EnumerateArray()];
        Assert.Equal(["off", "consumer"], attacks.Select(attack => attack.GetProperty("role").GetString()));
        Assert.Equal(14, attacks[0].GetProperty("queries").GetInt32());
        Assert.InRange(attacks[0].GetProperty("parameterError").GetDouble(), 0, 1e-5);
        Assert.Equal("linear", attacks[1].GetProperty("refusedBy").GetString());
        JsonElement metric = run.Json.GetProperty("metrics").EnumerateArray().Single(one => one.GetProperty("name").GetString() == "theft.fidelity.consumer");
        Assert.Equal("b-better", metric.GetProperty("verdict").GetString());
        Assert.Equal(2, metric.GetProperty("interval").GetArrayLength());
        Assert.InRange(run.Json.GetProperty("membership")[0].GetProperty("auc").GetDouble(), 0.45, 0.6);
        Assert.Equal("loss", run.Json.GetProperty("membership")[0].GetProperty("method").GetString());
        Assert.Contains("Within 30 days a consumer can build a copy that decides", run.Error, StringComparison.Ordinal);
        Assert.Contains("budget of linear models", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_larger_budget_lets_a_consumer_through_a_model_that_is_not_linear()
    {
        string[] gbt = ["redteam", Sample("models", "hmda_gbt", "model.onnx"), "--encoding", Sample("models", "hmda_gbt", "manifest.json"), "--data", Sample("hmda", "test.csv")];

        CommandRun run = await CommandRun.OfAsync([.. gbt, "--attacks", "own-data", "--role", "consumer", "--days", "1", "--budget", "day=300,lifetime=1000", "--json", "-"]);

        Assert.True(run.Code == 0, run.Error);
        Assert.Equal((300, "day"), (
            run.Json.GetProperty("attacks")[1].GetProperty("units").GetInt32(), run.Json.GetProperty("attacks")[1].GetProperty("refusedBy").GetString()));
        Assert.Contains("No training rows were given", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Off_tries_nothing_but_the_attacks_themselves()
    {
        CommandRun run = await CommandRun.OfAsync([.. Logreg, "--attacks", "equation", "--policy", "off", "--json", "-"]);

        Assert.Equal(["off"], run.Json.GetProperty("attacks").EnumerateArray().Select(attack => attack.GetProperty("role").GetString()));
        Assert.Contains("Without any protection a thief can build a copy that decides 100.0 %", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no attack 'bribery'", "--attacks", "bribery")]
    [InlineData("There is no role 'thief' with answers of its own", "--role", "thief")]
    [InlineData("--budget takes parts such as day=200, not 'day'.", "--budget", "day")]
    [InlineData("--budget knows day, lifetime and month, not 'year'.", "--budget", "year=1")]
    [InlineData("--days takes 1 to 3,650 days.", "--days", "0")]
    [InlineData("cannot be read: there is no such file.", "--policy", "none.json")]
    public async Task Refuses_what_makes_no_sense_in_one_sentence(string sentence, params string[] more)
    {
        CommandRun run = await CommandRun.OfAsync([.. Logreg, .. more]);

        Assert.Equal(2, run.Code);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pictures_are_refused_in_one_sentence()
    {
        CommandRun run = await CommandRun.OfAsync(
            "redteam", Sample("models", "digits_cnn", "model.onnx"), "--encoding", Sample("models", "digits_cnn", "manifest.json"), "--data", Sample("digits", "test.csv"));

        Assert.Equal(2, run.Code);
        Assert.Contains("The red team attacks models of rows of cells", run.Error, StringComparison.Ordinal);
    }

    private static string Sample(params string[] parts) => Path.Combine([Reference.Repository, "samples", .. parts]);
}
