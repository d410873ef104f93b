using System.Text;
using System.Text.Json;
using Governance.Audit.Explanations;
using Governance.Portal.Tests.CommandLine;
using Governance.Tests;

namespace Governance.Portal.Tests.Slices;

public sealed class SlicesCommandTests
{
    private static readonly string Data = Sample("hmda", "train.csv");
    private static readonly string Model = Sample("models", "hmda_gbt", "model.onnx");
    private static readonly string Encoding = Sample("models", "hmda_gbt", "manifest.json");

    [Fact]
    public async Task A_models_weak_cohort_can_be_pasted_into_where()
    {
        CommandRun run = await CommandRun.OfAsync("slices", Data, "--label", "deny", "--model", Model, "--encoding", Encoding, "--json", "-");

        Assert.True(run.Code == 0, run.Error);
        Assert.Equal("governance/slices/1", run.Json.GetProperty("schema").GetString());
        JsonElement first = run.Json.GetProperty("slices")[0];
        Assert.True(first.GetProperty("confirmed").GetBoolean());
        Assert.Equal("error_rate", run.Json.GetProperty("metric").GetString());
        Assert.Contains("Leaves of the error tree", run.Error, StringComparison.Ordinal);

        CommandRun again = await CommandRun.OfAsync("robustness", Model, "--data", Data, "--encoding", Encoding, "--label", "deny", "--where", first.GetProperty("where").GetString()!,
            "--tests", "quantise", "--bootstrap", "10", "--json", "-");
        Assert.True(again.Code == 0, again.Error);
        Assert.Equal(first.GetProperty("discovery").GetProperty("rows").GetInt32() + first.GetProperty("heldOut").GetProperty("rows").GetInt32(), again.Json.GetProperty("rows").GetInt32());
    }

    [Fact]
    public async Task Columns_of_predictions_and_of_scores_are_read_alike()
    {
        using TemporaryCsv csv = new(Planted(1_000));

        CommandRun predicted = await CommandRun.OfAsync("slices", csv.Path, "--label", "y", "--prediction", "p", "--columns", "colour,size", "--json", "-");
        CommandRun scored = await CommandRun.OfAsync("slices", csv.Path, "--label", "y", "--score", "s", "--threshold", "0.5", "--columns", "colour,size", "--json", "-");
        CommandRun losses = await CommandRun.OfAsync("slices", csv.Path, "--label", "y", "--score", "s", "--columns", "colour,size", "--method", "tree", "--json", "-");
        CommandRun missed = await CommandRun.OfAsync("slices", csv.Path, "--label", "y", "--prediction", "p", "--metric", "fnr", "--columns", "colour", "--min-rows", "30", "--json", "-");

        Assert.True(predicted.Code == 0, predicted.Error);
        Assert.Equal("colour = 'red'", predicted.Json.GetProperty("slices")[0].GetProperty("where").GetString());
        Assert.Equal(predicted.Json.GetProperty("slices").GetRawText(), scored.Json.GetProperty("slices").GetRawText());
        Assert.Equal("log_loss", losses.Json.GetProperty("metric").GetString());
        Assert.Equal("tree", losses.Json.GetProperty("slices")[0].GetProperty("method").GetString());
        Assert.Equal("colour = 'red'", losses.Json.GetProperty("slices")[0].GetProperty("where").GetString());
        Assert.True(missed.Json.GetProperty("split").GetProperty("notCounted").GetInt32() > 400);
    }

    [Theory]
    [InlineData("Predictions are needed")]
    [InlineData("There is no metric 'gini'", "--prediction", "p", "--metric", "gini")]
    [InlineData("log_loss of classes needs probabilities", "--prediction", "p", "--metric", "log_loss")]
    [InlineData("The data has no column 'absent'", "--prediction", "absent")]
    [InlineData("--depth takes 1, 2 or 3", "--prediction", "p", "--depth", "4")]
    [InlineData("is measured with", "--prediction", "p", "--columns", "y")]
    [InlineData("not a threshold for predictions", "--prediction", "p", "--threshold", "0.5")]
    [InlineData("two slices of 5,000 rows need more", "--prediction", "p", "--min-rows", "5000")]
    [InlineData("No value of 'colour' is a class of 'y'", "--prediction", "colour")]
    public async Task Refuses_what_makes_no_sense_in_one_sentence(string sentence, params string[] more)
    {
        using TemporaryCsv csv = new(Planted(200));

        CommandRun run = await CommandRun.OfAsync(["slices", csv.Path, "--label", "y", .. more]);

        Assert.Equal(2, run.Code);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    // Red rows are answered wrong six times as often as others.
    private static string Planted(int rows)
    {
        SeededRandom random = new(8, 0);
        StringBuilder csv = new("colour,size,y,p,s\n");
        for (int row = 0; row < rows; row++)
        {
            string colour = random.NextBelow(4) == 0 ? "red" : random.NextBelow(2) == 0 ? "blue" : "green";
            int truth = random.NextBelow(2);
            int said = random.NextDouble() < (colour == "red" ? 0.6 : 0.1) ? 1 - truth : truth;
            csv.Append(System.Globalization.CultureInfo.InvariantCulture, $"{colour},{random.NextBelow(100)},{truth},{said},{(said == 1 ? 0.9 : 0.1)}\n");
        }

        return csv.ToString();
    }

    private static string Sample(params string[] parts) => Path.Combine([Reference.Repository, "samples", .. parts]);
}
