using System.Text.Json;
using Governance.Portal.Tests.CommandLine;
using Governance.Tests;

namespace Governance.Portal.Tests.Robustness;

public sealed class RobustnessCommandTests
{
    private static readonly string Model = Sample("models", "hmda_gbt", "model.onnx");
    private static readonly string Encoding = Sample("models", "hmda_gbt", "manifest.json");
    private static readonly string Data = Sample("hmda", "test.csv");

    [Fact]
    public async Task Curves_and_fragile_columns_stand_in_table_and_json()
    {
        CommandRun run = await CommandRun.OfAsync(
            "robustness", Model, "--data", Data, "--encoding", Encoding, "--label", "deny", "--tests", "noise,missing,range", "--immutable", "afam,single",
            "--repeats", "2", "--bootstrap", "20", "--rows", "150", "--json", "-");

        Assert.True(run.Code == 0, run.Error);
        Assert.Equal("governance/robustness/1", run.Json.GetProperty("schema").GetString());
        Assert.Equal(["noise", "missing", "range"], run.Json.GetProperty("curves").EnumerateArray().Select(curve => curve.GetProperty("test").GetString()));
        JsonElement point = run.Json.GetProperty("curves")[0].GetProperty("points")[4];
        Assert.InRange(point.GetProperty("flipRate").GetDouble(), 0.01, 0.6);
        Assert.Equal(2, point.GetProperty("flipInterval").GetArrayLength());
        Assert.Equal("roc_auc", point.GetProperty("metrics")[1].GetProperty("metric").GetString());
        Assert.Equal(11, run.Json.GetProperty("fragile").GetArrayLength());
        Assert.DoesNotContain(run.Json.GetProperty("fragile").EnumerateArray(), column => column.GetProperty("column").GetString() is "afam" or "single");
        Assert.Contains("is the most fragile column", run.Error, StringComparison.Ordinal);
        Assert.Contains("(the cell is empty)", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_label_it_says_so_and_counts_changed_answers()
    {
        CommandRun run = await CommandRun.OfAsync(
            "robustness", Sample("models", "digits_cnn", "model.onnx"), "--data", Sample("digits", "test.csv"), "--encoding", Sample("models", "digits_cnn", "manifest.json"),
            "--tests", "shift,token-drop", "--rows", "50", "--bootstrap", "10", "--json", "-");

        Assert.True(run.Code == 0, run.Error);
        Assert.Contains("no-label", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, run.Json.GetProperty("baseline").GetArrayLength());
        Assert.Contains("Not done: token-drop.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no test 'storm'; there are noise,", "--tests", "storm")]
    [InlineData("takes no column 'deny'", "--immutable", "deny")]
    [InlineData("The data has no column 'outcome'", "--label", "outcome")]
    [InlineData("none of the model's classes", "--label", "pirat")]
    [InlineData("--rows takes", "--rows", "0")]
    public async Task Refuses_what_makes_no_sense_in_one_sentence(string sentence, params string[] more)
    {
        string[] label = more.Contains("--label") ? [] : ["--label", "deny"];

        CommandRun run = await CommandRun.OfAsync(["robustness", Model, "--data", Data, "--encoding", Encoding, .. label, .. more]);

        Assert.Equal(2, run.Code);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
    }

    private static string Sample(params string[] parts) => Path.Combine([Reference.Repository, "samples", .. parts]);
}
