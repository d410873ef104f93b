using System.Text.Json;
using Governance.Portal.Tests.CommandLine;

namespace Governance.Portal.Tests.Fairness;

public sealed class FairnessCommandTests
{
    private const string Small = "y,p,s,g,h\nyes,yes,0.9,a,x\nno,yes,0.6,a,\nyes,no,0.4,b,x\nno,no,0.1,b,z\n,no,0.2,b,z\n";

    [Fact]
    public async Task Writes_the_body_of_the_contract()
    {
        JsonElement json = (await RunAsync(Small, "--label", "y", "--prediction", "p", "--score", "s", "--protected", "g,h", "--intersections")).Json;

        Assert.Equal("governance/fairness/1", json.GetProperty("schema").GetString());
        Assert.Equal(("yes", "yes"), (json.GetProperty("positive").GetString(), json.GetProperty("favourable").GetString()));
        Assert.Equal(["g", "h", "g|h"], json.GetProperty("attributes").EnumerateArray().Select(a => a.GetProperty("attribute").GetString()));
        JsonElement first = json.GetProperty("attributes")[0];
        Assert.Equal(["a", "b"], first.GetProperty("groups").EnumerateArray().Select(group => group.GetProperty("group").GetString()));
        Assert.Equal(1, first.GetProperty("groups")[0].GetProperty("metrics").GetProperty("selection_rate").GetDouble());
        Assert.Equal(2, first.GetProperty("groups")[0].GetProperty("intervals").GetProperty("selection_rate").GetArrayLength());
        Assert.Equal(1, first.GetProperty("summary").GetProperty("demographic_parity_difference").GetDouble());
        Assert.Equal(0, first.GetProperty("summary").GetProperty("demographic_parity_ratio").GetDouble());
        Assert.Equal(5, json.GetProperty("overall").GetProperty("count").GetInt32());
        Assert.Equal(1, json.GetProperty("skippedRows").GetProperty("missingGroup").GetInt32());
        Assert.Equal(1, json.GetProperty("skippedRows").GetProperty("missingLabel").GetInt32());
        Assert.Contains("small-group", json.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_rate_of_nobody_is_null_and_names_the_group()
    {
        JsonElement attribute = (await RunAsync(
            "y,p,g\n1,1,a\n0,0,a\n0,1,b\n", "--label", "y", "--prediction", "p", "--protected", "g")).Json.GetProperty("attributes")[0];

        Assert.Equal(JsonValueKind.Null, attribute.GetProperty("groups")[1].GetProperty("metrics").GetProperty("tpr").ValueKind);
        Assert.Contains(attribute.GetProperty("undefined").EnumerateArray(), undefined =>
            undefined.GetProperty("metric").GetString() == "tpr" && undefined.GetProperty("groups")[0].GetString() == "b");
    }

    [Fact]
    public async Task Where_chooses_the_rows()
    {
        JsonElement json = (await RunAsync(
            Small, "--label", "y", "--score", "s", "--threshold", "0.5", "--protected", "g", "--where", "s > 0.15")).Json;

        Assert.Equal(4, json.GetProperty("overall").GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task People_get_a_table_with_n_and_intervals()
    {
        using TemporaryCsv file = new(Small);

        CommandRun run = await CommandRun.OfAsync("fairness", file.Path, "--label", "y", "--prediction", "p", "--protected", "g");

        Assert.Equal(0, run.Code);
        Assert.Contains("5 rows; positive class yes, favourable outcome yes; intervals at 95 %", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"a \(small\)\s+2\s+1\.0000 \[0\.3424, 1\.0000\]", run.Output);
    }

    [Theory]
    [InlineData("The data has no column 'q'.", "--label", "q", "--prediction", "p", "--protected", "g")]
    [InlineData("Predictions are needed: name a prediction column, or a score column and a threshold.", "--label", "y", "--protected", "g")]
    [InlineData("Which class of 'h' is positive? Name it with --positive: 'x', 'z'.", "--label", "h", "--prediction", "h", "--protected", "g")]
    [InlineData("The positive class 'Yes' does not occur in 'y' ('no', 'yes').", "--label", "y", "--prediction", "p", "--protected", "g", "--positive", "Yes")]
    [InlineData("The reference group 'c' does not occur in 'g'.", "--label", "y", "--prediction", "p", "--protected", "g", "--reference-group", "g=c")]
    [InlineData("The reference group 'h=x' is of no protected column.", "--label", "y", "--prediction", "p", "--protected", "g", "--reference-group", "h=x")]
    [InlineData("The data has no column 'q'.", "--label", "y", "--prediction", "p", "--protected", "g", "--control", "q")]
    [InlineData("Take 20 to 100,000 resamples.", "--label", "y", "--prediction", "p", "--protected", "g", "--bootstrap", "3")]
    [InlineData("A weight must be a number of at least 0. Data row 1 (line 2) holds '-1' in 'w'.", "--label", "y", "--prediction", "p", "--protected", "g", "--weight", "w")]
    public async Task Refuses_in_one_sentence_with_exit_code_2(string sentence, params string[] flags)
    {
        using TemporaryCsv file = new("y,p,g,h,w\nyes,yes,a,x,-1\nno,no,b,z,1\n");

        CommandRun run = await CommandRun.OfAsync(["fairness", file.Path, .. flags, "--json", "-"]);

        Assert.Equal((2, "", sentence), (run.Code, run.Output, run.Error.Trim()));
    }

    [Fact]
    public async Task An_unknown_flag_is_exit_code_2() =>
        Assert.Equal(2, (await CommandRun.OfAsync("fairness", "x.csv", "--label", "y", "--protected", "g", "--colour")).Code);

    private static async Task<CommandRun> RunAsync(string csv, params string[] flags)
    {
        using TemporaryCsv file = new(csv);
        CommandRun run = await CommandRun.OfAsync(["fairness", file.Path, .. flags, "--json", "-"]);
        Assert.True(run.Code == 0, run.Error);
        return run;
    }
}
