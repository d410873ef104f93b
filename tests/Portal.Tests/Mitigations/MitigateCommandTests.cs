using System.Globalization;
using System.Text.Json;
using Governance.Portal.Tests.CommandLine;

namespace Governance.Portal.Tests.Mitigations;

public sealed class MitigateCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("governance-mitigate-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("randomised")]
    [InlineData("deterministic")]
    public async Task Writes_the_body_of_the_contract(string decisions)
    {
        CommandRun run = await RunAsync("--method", "threshold", "--constraint", "equalized-odds", "--decisions", decisions, "--seed", "7");
        JsonElement json = run.Json;

        Assert.Equal(("", 0), (run.Error, run.Code));
        Assert.Equal("governance/mitigate/1", json.GetProperty("schema").GetString());
        Assert.Equal(("threshold", "equalized-odds"), (json.GetProperty("method").GetString(), json.GetProperty("constraint").GetString()));
        Assert.Equal(decisions == "randomised", json.GetProperty("randomised").GetBoolean());
        JsonElement first = json.GetProperty("thresholds")[0];
        Assert.Equal("a", first.GetProperty("group").GetString());
        Assert.Equal(1, first.GetProperty("rules").EnumerateArray().Sum(rule => rule.GetProperty("p").GetDouble()), 1e-12);
        Assert.All(first.GetProperty("rules").EnumerateArray(), rule => Assert.Contains(rule.GetProperty("op").GetString(), (string[])[">", "always", "never"]));
        Assert.True(first.TryGetProperty("pIgnore", out _) && first.TryGetProperty("constant", out _));
        Assert.Equal(0, json.GetProperty("weights").GetArrayLength());
        Assert.Equal(("split", 7, 420, 180), (
            json.GetProperty("heldOut").GetProperty("source").GetString(), json.GetProperty("heldOut").GetProperty("seed").GetInt32(),
            json.GetProperty("heldOut").GetProperty("fittedRows").GetInt32(), json.GetProperty("heldOut").GetProperty("rows").GetInt32()));
        foreach (string side in (string[])["before", "after"])
        {
            JsonElement group = json.GetProperty(side).GetProperty("groups")[1];
            Assert.Equal("b", group.GetProperty("group").GetString());
            Assert.Equal(2, group.GetProperty("intervals").GetProperty("tpr").GetArrayLength());
            Assert.True(json.GetProperty(side).GetProperty("summary").GetProperty("equalized_odds_difference").GetDouble() >= 0);
        }

        Assert.Equal(21, json.GetProperty("frontier").GetArrayLength());
        Assert.Equal(12, json.GetProperty("changes").GetArrayLength()); // 4 rates of 2 groups and of all rows
        Assert.False(json.TryGetProperty("step", out _));
    }

    [Fact]
    public async Task Reweighing_gives_a_factor_a_group_and_label_and_the_rows_with_their_weights()
    {
        string path = Path.Combine(folder, "weights.csv");

        JsonElement json = (await RunAsync("--method", "reweigh", "--out", path)).Json;
        string[][] rows = Cells(path);

        JsonElement[] weights = [.. json.GetProperty("weights").EnumerateArray()];
        Assert.Equal([("a", "1"), ("a", "0"), ("b", "1"), ("b", "0")], weights.Select(weight => (weight.GetProperty("group").GetString(), weight.GetProperty("label").GetString())));
        Assert.Equal("adjusted_weight", rows[0][^1]);
        foreach (string[] row in rows[1..])
        {
            double factor = weights.First(weight => weight.GetProperty("group").GetString() == row[2] && weight.GetProperty("label").GetString() == row[0]).GetProperty("factor").GetDouble();
            Assert.Equal(factor, double.Parse(row[^1], CultureInfo.InvariantCulture), 1e-12);
        }

        Assert.Equal("nothing-retrained", Assert.Single(json.GetProperty("warnings").EnumerateArray()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task The_rows_are_written_with_their_new_decisions()
    {
        string path = Path.Combine(folder, "decisions.csv");

        JsonElement json = (await RunAsync("--method", "reject-band", "--out", path)).Json;
        string[][] rows = Cells(path);

        Assert.Equal(["y", "s", "g", "adjusted_probability", "adjusted_decision", "part"], rows[0]);
        Assert.Equal(601, rows.Length);
        Assert.Equal(180, rows.Count(row => row[5] == "held out"));
        Assert.All(rows[1..], row => Assert.Equal(row[3], row[4])); // nothing is left to chance
        double changed = rows[1..].Count(row => row[4] != (double.Parse(row[1], CultureInfo.InvariantCulture) >= 0.5 ? "1" : "0"));
        Assert.True(changed > 0);
        JsonElement band = json.GetProperty("band");
        Assert.Equal(json.GetProperty("heldOut").GetProperty("fittedRows").GetInt32(), rows.Count(row => row[5] == "fitted"));
        Assert.True(band.GetProperty("low").GetDouble() < 0.5 && band.GetProperty("high").GetDouble() > 0.5);
    }

    [Fact]
    public async Task Other_data_judge_what_was_fitted_on_all_rows()
    {
        string holdout = Path.Combine(folder, "other.csv");
        await File.WriteAllTextAsync(holdout, Csv(99));

        JsonElement json = (await RunAsync("--method", "threshold", "--holdout", holdout)).Json;

        Assert.Equal(("file", 600, 600), (
            json.GetProperty("heldOut").GetProperty("source").GetString(), json.GetProperty("heldOut").GetProperty("fittedRows").GetInt32(),
            json.GetProperty("heldOut").GetProperty("rows").GetInt32()));
    }

    [Theory]
    [InlineData("--method takes threshold, reweigh or reject-band", "--method", "magic")]
    [InlineData("--constraint takes", "--method", "threshold", "--constraint", "luck")]
    [InlineData("--favoured belongs to", "--method", "threshold", "--favoured", "a")]
    [InlineData("--features belongs to", "--method", "threshold", "--features", "s")]
    [InlineData("--cost belongs to", "--method", "threshold", "--cost", "fp=1,fn=2")]
    [InlineData("--cost takes", "--method", "threshold", "--objective", "cost", "--cost", "fp=1")]
    [InlineData("The tolerance lies in 0 to 1", "--method", "threshold", "--tolerance", "2")]
    [InlineData("--as and --note belong to --register", "--method", "threshold", "--as", "dev")]
    [InlineData("--register needs --as", "--method", "threshold", "--register", "loans")]
    [InlineData("Weights make no version", "--method", "reweigh", "--register", "loans", "--as", "dev")]
    [InlineData("The file '/no/such/folder/x.csv' cannot be written", "--method", "threshold", "--out", "/no/such/folder/x.csv")]
    public async Task Refuses_in_one_sentence(string sentence, params string[] more)
    {
        CommandRun run = await RunAsync(more);

        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.StartsWith(sentence, Assert.Single(run.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_read_rules_before_after_and_the_caution()
    {
        using TemporaryCsv file = new(Csv(1));

        CommandRun run = await CommandRun.OfAsync("mitigate", file.Path, "--label", "y", "--score", "s", "--protected", "g", "--method", "threshold", "--decisions", "deterministic");

        Assert.Equal(0, run.Code);
        Assert.Contains("Fitted on 420 rows, judged on 180 others", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"\n  a: above 0\.\d+\r?\n", run.Output);
        Assert.Matches(@"\(all rows\)\s+accuracy\s+180\s+0\.\d{4}\s+0\.\d{4}\s+-?0\.\d{4} \[", run.Output);
        Assert.Contains("ask counsel", run.Output, StringComparison.Ordinal);
    }

    // 600 rows; group b has lower scores at the same outcomes.
    private static string Csv(int seed)
    {
        Random random = new(seed);
        StringWriter csv = new(CultureInfo.InvariantCulture);
        csv.WriteLine("y,s,g");
        for (int row = 0; row < 600; row++)
        {
            bool b = row % 3 == 0;
            int y = random.NextDouble() < (b ? 0.4 : 0.5) ? 1 : 0;
            double s = Math.Clamp(0.35 + (0.25 * y) - (b ? 0.12 : 0) + (0.5 * (random.NextDouble() - 0.4)), 0, 1);
            csv.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{y},{s},{(b ? "b" : "a")}"));
        }

        return csv.ToString();
    }

    private static string[][] Cells(string path) => [.. File.ReadAllLines(path).Select(line => line.Split(','))];

    private async Task<CommandRun> RunAsync(params string[] more)
    {
        using TemporaryCsv file = new(Csv(1));
        return await CommandRun.OfAsync(["mitigate", file.Path, "--label", "y", "--score", "s", "--protected", "g", "--json", "-", "--quiet", .. more]);
    }
}
