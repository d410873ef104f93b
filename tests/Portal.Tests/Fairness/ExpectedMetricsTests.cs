using System.Globalization;
using System.Text.Json;
using Governance.Portal.Tests.CommandLine;
using Governance.Tests;

namespace Governance.Portal.Tests.Fairness;

/// <summary>
/// The whole way from a model and readable rows to figures: <c>infer</c>, then <c>fairness</c> and <c>performance</c> on its
/// scores, against what the models' author computed with scikit-learn (expected_metrics.json, R packages AER and others).
/// </summary>
/// <remarks>
/// Names: the author takes the favourable class as the reference of tpr, fpr and ppv. Our tpr, fpr and ppv refer to the
/// positive class, so the same figures are ours as favourable_tpr, favourable_fpr and favourable_ppv, which for a favourable
/// class that is negative (denied: no) equal tnr, fnr and npv. Selection rates are favourable in both. disparate_impact is the
/// smallest ratio to the privileged group; statistical parity, equal opportunity and average odds differences are the signed
/// differences of selection_rate, favourable_tpr and favourable_average_odds in tests (average_odds where the favourable class
/// is positive).
/// </remarks>
public sealed class ExpectedMetricsTests
{
    // The author's scores are float64 of the training library, ours float32 of the graph: they differ by up to 3e-7, which
    // also breaks or makes a few ties. Counts, and so all rates, are the same.
    private const double ScoreTolerance = 1e-6;

    private static readonly Dictionary<string, string> Labels = new()
    {
        ["hmda"] = "deny",
        ["german_credit"] = "credit_risk",
        ["adult"] = "income",
    };

    [Theory]
    [InlineData("hmda_logreg")]
    [InlineData("hmda_gbt")]
    [InlineData("hmda_biased")]
    [InlineData("hmda_fair")]
    public async Task Samples_have_the_figures_of_their_author(string model)
    {
        string samples = Path.Combine(Reference.Repository, "samples");
        await AssertFiguresAsync(model, Path.Combine(samples, "models"), Path.Combine(samples, "hmda", "test.csv"));
    }

    [SkippableTheory]
    [InlineData("hmda_pipeline", "hmda")]
    [InlineData("hmda_extracted_copy", "hmda")]
    [InlineData("hmda_noised_clone", "hmda")]
    [InlineData("german_credit_logreg", "german_credit")]
    [InlineData("german_credit_mlp", "german_credit")]
    [InlineData("german_credit_pipeline", "german_credit")]
    [InlineData("adult_logreg", "adult")]
    [InlineData("adult_gbt", "adult")]
    public async Task Other_models_have_the_figures_of_their_author(string model, string data) =>
        await AssertFiguresAsync(model, Reference.Path("data", "models"), Reference.Path("data", "datasets", data, "test.csv"));

    private static async Task AssertFiguresAsync(string model, string models, string rows)
    {
        JsonElement expected = Read(Path.Combine(models, "expected_metrics.json")).GetProperty(model);
        JsonElement positiveClass = Read(Path.Combine(models, model, "manifest.json")).GetProperty("positive_class");
        string positive = positiveClass.GetProperty("meaning").GetString()!;
        bool favourableIsPositive = expected.GetProperty("favourable_class").GetInt32() == 1;
        string favourable = favourableIsPositive ? positive : positiveClass.GetProperty("other").GetString()!;
        string label = Labels[expected.GetProperty("dataset").GetString()!];
        using TemporaryCsv scored = new(await ScoredAsync(models, model, rows));

        foreach (JsonProperty attribute in expected.GetProperty("fairness").EnumerateObject())
        {
            string privileged = attribute.Value.GetProperty("privileged").GetString()!;
            CommandRun run = await CommandRun.OfAsync(
                "fairness", scored.Path, "--label", label, "--score", "model_score", "--threshold", "0.5", "--positive", positive,
                "--favourable", favourable, "--protected", attribute.Name, "--reference-group", $"{attribute.Name}={privileged}", "--json", "-");
            Assert.True(run.Code == 0, run.Error);
            AssertFairness(attribute.Value, run.Json.GetProperty("attributes")[0], favourableIsPositive);
        }

        CommandRun performance = await CommandRun.OfAsync(
            "performance", scored.Path, "--label", label, "--score", "model_score", "--threshold", "0.5", "--positive", positive, "--json", "-");
        Assert.True(performance.Code == 0, performance.Error);
        AssertPerformance(expected, performance.Json);
    }

    private static void AssertFairness(JsonElement expected, JsonElement actual, bool favourableIsPositive)
    {
        Dictionary<string, JsonElement> groups = actual.GetProperty("groups").EnumerateArray()
            .ToDictionary(group => group.GetProperty("group").GetString()!);
        foreach (JsonProperty group in expected.GetProperty("groups").EnumerateObject())
        {
            JsonElement metrics = groups[group.Name].GetProperty("metrics");
            Assert.Equal(group.Value.GetProperty("n").GetInt32(), groups[group.Name].GetProperty("count").GetInt32());
            AssertNear(group.Value.GetProperty("base_rate_favourable"), metrics.GetProperty("base_rate_favourable"));
            AssertNear(group.Value.GetProperty("selection_rate"), metrics.GetProperty("selection_rate"));
            AssertNear(group.Value.GetProperty("tpr"), metrics.GetProperty("favourable_tpr"));
            AssertNear(group.Value.GetProperty("fpr"), metrics.GetProperty("favourable_fpr"));
            AssertNear(group.Value.GetProperty("ppv"), metrics.GetProperty("favourable_ppv"));
            AssertNear(group.Value.GetProperty("tpr"), metrics.GetProperty(favourableIsPositive ? "tpr" : "tnr"));
            AssertNear(group.Value.GetProperty("fpr"), metrics.GetProperty(favourableIsPositive ? "fpr" : "fnr"));
            AssertNear(group.Value.GetProperty("ppv"), metrics.GetProperty(favourableIsPositive ? "ppv" : "npv"));
            AssertNear(group.Value.GetProperty("accuracy"), metrics.GetProperty("accuracy"));
        }

        AssertNear(expected.GetProperty("disparate_impact_min_over_privileged"), actual.GetProperty("summary").GetProperty("disparate_impact"));
        AssertTests("statistical_parity_difference", "selection_rate");
        AssertTests("equal_opportunity_difference", favourableIsPositive ? "tpr" : "favourable_tpr");
        AssertTests("average_odds_difference", favourableIsPositive ? "average_odds" : "favourable_average_odds");

        void AssertTests(string theirs, string ours)
        {
            foreach (JsonProperty group in expected.GetProperty(theirs).EnumerateObject())
            {
                JsonElement test = actual.GetProperty("tests").EnumerateArray().Single(test =>
                    test.GetProperty("metric").GetString() == ours && test.GetProperty("groupA").GetString() == group.Name);
                AssertNear(group.Value, test.GetProperty("difference"));
            }
        }
    }

    private static void AssertPerformance(JsonElement expected, JsonElement actual)
    {
        JsonElement metrics = actual.GetProperty("metrics");
        AssertNear(expected.GetProperty("accuracy"), metrics.GetProperty("accuracy"));
        AssertNear(expected.GetProperty("roc_auc"), metrics.GetProperty("roc_auc"), ScoreTolerance);
        AssertNear(expected.GetProperty("log_loss"), metrics.GetProperty("log_loss"), ScoreTolerance);
        AssertNear(expected.GetProperty("brier"), metrics.GetProperty("brier"), ScoreTolerance);
        AssertNear(expected.GetProperty("ece_10_equal_width_bins"), metrics.GetProperty("ece"), ScoreTolerance);
        JsonElement matrix = actual.GetProperty("confusion").GetProperty("matrix");
        JsonElement confusion = expected.GetProperty("confusion");
        Assert.Equal(confusion.GetProperty("tn").GetInt32(), matrix[0][0].GetDouble());
        Assert.Equal(confusion.GetProperty("fp").GetInt32(), matrix[0][1].GetDouble());
        Assert.Equal(confusion.GetProperty("fn").GetInt32(), matrix[1][0].GetDouble());
        Assert.Equal(confusion.GetProperty("tp").GetInt32(), matrix[1][1].GetDouble());
    }

    private static async Task<string> ScoredAsync(string models, string model, string rows)
    {
        CommandRun run = await CommandRun.OfAsync(
            "infer", Path.Combine(models, model, "model.onnx"), "--encoding", Path.Combine(models, model, "manifest.json"),
            "--data", rows, "--provider", "cpu", "--json", "-");
        Assert.True(run.Code == 0, run.Error);
        JsonElement scores = run.Json.GetProperty("outputs").EnumerateArray()
            .First(output => output.GetProperty("type").GetString()!.Contains("float", StringComparison.Ordinal)).GetProperty("values");
        string[] lines = await File.ReadAllLinesAsync(rows);
        return lines[0] + ",model_score\n" + string.Concat(lines.Skip(1).Select((line, row) =>
            line + "," + Positive(scores[row]).ToString("R", CultureInfo.InvariantCulture) + "\n"));
    }

    // One probability a row, or one a class of which the last is the positive one's.
    private static double Positive(JsonElement row) => row.ValueKind == JsonValueKind.Array ? row[row.GetArrayLength() - 1].GetDouble() : row.GetDouble();

    private static JsonElement Read(string path) => JsonSerializer.Deserialize<JsonElement>(File.ReadAllBytes(path));

    private static void AssertNear(JsonElement expected, JsonElement actual, double tolerance = 1e-9)
    {
        if (expected.ValueKind == JsonValueKind.Null)
        {
            Assert.Equal(JsonValueKind.Null, actual.ValueKind);
            return;
        }

        Assert.Equal(expected.GetDouble(), actual.GetDouble(), tolerance);
    }
}
