using System.Text.Json;
using Governance.Portal.Tests.CommandLine;
using Governance.Tests;

namespace Governance.Portal.Tests.Profiles;

public sealed class ProfileCommandTests
{
    private static readonly string Model = Sample("models", "hmda_gbt", "model.onnx");
    private static readonly string Encoding = Sample("models", "hmda_gbt", "manifest.json");
    private static readonly string Data = Sample("hmda", "test.csv");

    [Fact]
    public async Task One_column_gives_a_list_with_intervals_shares_and_deciles()
    {
        CommandRun run = await CommandRun.OfAsync("pdp", Model, "--data", Data, "--encoding", Encoding, "--features", "pirat", "--grid", "6", "--rows", "100", "--json", "-");

        Assert.Equal(0, run.Code);
        Assert.Equal("governance/pdp/1", run.Json.GetProperty("schema").GetString());
        JsonElement feature = run.Json.GetProperty("features")[0];
        JsonElement profile = run.Json.GetProperty("profiles")[0];
        Assert.Equal(100, run.Json.GetProperty("background").GetProperty("rows").GetInt32());
        Assert.Equal(6, feature.GetProperty("numbers").GetArrayLength());
        Assert.Equal(9, feature.GetProperty("deciles").GetArrayLength());
        Assert.Equal(1, feature.GetProperty("shares").EnumerateArray().Sum(share => share.GetDouble()), 1e-9);
        for (int point = 0; point < 6; point++)
        {
            double value = profile.GetProperty("values")[point].GetDouble();
            Assert.InRange(value, profile.GetProperty("interval")[point][0].GetDouble(), profile.GetProperty("interval")[point][1].GetDouble());
        }

        Assert.Contains("probability of yes rises with pirat", run.Error);
    }

    [Fact]
    public async Task Two_columns_give_a_table_and_accumulated_effects_say_how_many_rows_each_cell_has()
    {
        CommandRun run = await CommandRun.OfAsync(
            "pdp", Model, "--data", Data, "--encoding", Encoding, "--features", "afam,chist", "--kind", "ale", "--link", "logit", "--json", "-");

        Assert.Equal(0, run.Code);
        JsonElement profile = run.Json.GetProperty("profiles")[0];
        Assert.Equal(2, profile.GetProperty("values").GetArrayLength());
        Assert.Equal(6, profile.GetProperty("values")[0].GetArrayLength());
        Assert.Equal(["no", "yes"], run.Json.GetProperty("features")[0].GetProperty("levels").EnumerateArray().Select(level => level.GetString()));
        Assert.Equal(5, run.Json.GetProperty("cellRows")[0].GetArrayLength());
        Assert.Equal("logit", run.Json.GetProperty("link").GetString());
    }

    [Fact]
    public async Task Curves_carry_the_rows_they_belong_to()
    {
        CommandRun run = await CommandRun.OfAsync(
            "pdp", Model, "--data", Data, "--encoding", Encoding, "--features", "lvrat", "--kind", "ice", "--centred", "--where", "afam = 'yes'", "--grid", "4", "--json", "-");

        Assert.Equal(0, run.Code);
        JsonElement curves = run.Json.GetProperty("profiles")[0].GetProperty("curves");
        Assert.True(run.Json.GetProperty("centred").GetBoolean());
        Assert.Equal(run.Json.GetProperty("background").GetProperty("rows").GetInt32(), curves.GetArrayLength());
        Assert.All(curves.EnumerateArray(), curve => Assert.Equal(0, curve.GetProperty("values")[0].GetDouble()));
        Assert.NotEqual(
            Enumerable.Range(0, curves.GetArrayLength()), curves.EnumerateArray().Select(curve => curve.GetProperty("row").GetInt32()));
    }

    [Theory]
    [InlineData("The model takes no column 'wealth'", "--features", "wealth")]
    [InlineData("--features takes one column or two", "--features", "pirat,hirat,lvrat")]
    [InlineData("needs two different ones", "--features", "pirat,pirat")]
    [InlineData("--kind ice follows single rows along one column", "--features", "pirat,lvrat", "--kind", "ice")]
    [InlineData("--kind takes pdp, ice or ale", "--features", "pirat", "--kind", "pd")]
    [InlineData("A grid has 2 to 1,000 points", "--features", "pirat", "--grid", "1")]
    [InlineData("--rows takes a whole number of at least 1", "--features", "pirat", "--rows", "0")]
    [InlineData("--level takes a number between 0 and 1", "--features", "pirat", "--level", "95")]
    [InlineData("--kind ale has its points at quantiles", "--features", "pirat", "--kind", "ale", "--spacing", "uniform")]
    [InlineData("not 'predicted'", "--features", "pirat", "--class", "predicted")]
    public async Task Refuses_what_makes_no_sense_in_one_sentence(string sentence, params string[] more)
    {
        CommandRun run = await CommandRun.OfAsync(["pdp", Model, "--data", Data, "--encoding", Encoding, .. more]);

        Assert.Equal(2, run.Code);
        Assert.Contains(sentence, run.Error);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.Empty(run.Output);
    }

    [SkippableTheory]
    [InlineData("german_credit_pipeline", "german_credit", "checking_status,duration_months")]
    [InlineData("german_credit_mlp", "german_credit", "purpose")]
    [InlineData("attrition_income_rf", "attrition", "job_level")]
    [InlineData("adult_gbt", "adult", "education_num")]
    [InlineData("hmda_pipeline", "hmda", "pirat,afam")]
    public async Task Profiles_every_kind_of_tabular_model_by_readable_column(string model, string data, string features)
    {
        string folder = Reference.Path("data", "models", model);
        string file = Reference.Path("data", "datasets", data, "test.csv");
        foreach (string kind in (string[])["pdp", "ale"])
        {
            CommandRun run = await CommandRun.OfAsync(
                "pdp", Path.Combine(folder, "model.onnx"), "--data", file, "--encoding", Path.Combine(folder, "manifest.json"),
                "--features", features, "--kind", kind, "--rows", "60", "--grid", "5", "--bootstrap", "20", "--json", "-");

            Assert.True(run.Code == 0, run.Error);
            Assert.All(Numbers(run.Json.GetProperty("profiles")[0].GetProperty("values")), value => Assert.True(double.IsFinite(value)));
        }
    }

    private static IEnumerable<double> Numbers(JsonElement values) => values.EnumerateArray()
        .SelectMany(value => value.ValueKind == JsonValueKind.Array ? Numbers(value) : [value.GetDouble()]);

    private static string Sample(params string[] parts) => Path.Combine([Reference.Repository, "samples", .. parts]);
}
