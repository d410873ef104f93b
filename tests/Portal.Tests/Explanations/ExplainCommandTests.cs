using System.Text.Json;
using Governance.Portal.CommandLine;
using Governance.Tests;

namespace Governance.Portal.Tests.Explanations;

public sealed partial class ExplainCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("explain-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // samples/models/hmda_gbt/exact_shapley.json: all 2^13 coalitions in scikit-learn, first 25 rows of train as background.
    [Fact]
    public async Task Exact_values_of_the_boosted_trees_are_those_of_brute_force()
    {
        string background = Head(Sample("hmda", "train.csv"), 25);
        JsonElement report = await ExplainAsync(
            "hmda_gbt", "--method", "exact", "--background", background, "--row", "0,1,2,3,4,5,6,7,8,9");

        using JsonDocument golden = JsonDocument.Parse(await File.ReadAllTextAsync(Sample("models", "hmda_gbt", "exact_shapley.json")));
        JsonElement[] expected = [.. golden.RootElement.GetProperty("results").EnumerateArray()];
        string[] features = Texts(report.GetProperty("features"));
        Assert.Equal(13, features.Length);
        Assert.Equal(golden.RootElement.GetProperty("base_value").GetDouble(), report.GetProperty("baseValue").GetDouble(), 1e-5);
        for (int row = 0; row < expected.Length; row++)
        {
            JsonElement explained = report.GetProperty("rows")[row];
            Assert.Equal(expected[row].GetProperty("prediction").GetDouble(), explained.GetProperty("prediction").GetDouble(), 1e-5);
            for (int i = 0; i < features.Length; i++)
            {
                Assert.Equal(
                    expected[row].GetProperty("values").GetProperty(features[i]).GetDouble(),
                    explained.GetProperty("values")[i].GetDouble(), 1e-5);
            }
        }
    }

    [Fact]
    public async Task The_json_holds_everything_that_the_contract_names()
    {
        JsonElement report = await ExplainAsync("hmda_logreg", "--method", "kernel", "--samples", "200", "--row", "3,1", "--seed", "9");

        Assert.Equal("governance/explain/1", report.GetProperty("schema").GetString());
        Assert.Equal("background-from-data", report.GetProperty("warnings")[0].GetProperty("code").GetString());
        Assert.Equal("kernel", report.GetProperty("method").GetString());
        Assert.Equal("probabilities", report.GetProperty("output").GetString());
        Assert.Equal(1, report.GetProperty("classIndex").GetInt32());
        Assert.Equal("identity", report.GetProperty("link").GetString());
        Assert.Equal(100, report.GetProperty("background").GetProperty("rows").GetInt32());
        Assert.Equal([3, 1], report.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("row").GetInt32()));
        Assert.Equal(400, report.GetProperty("evaluations").GetInt64());
        Assert.True(report.GetProperty("modelRows").GetInt64() > 0);
        Assert.True(report.GetProperty("modelCalls").GetInt64() > 0);
        Assert.True(report.GetProperty("converged").GetBoolean());
        Assert.Equal("cpu", report.GetProperty("provider").GetString());
        Assert.Equal(9, report.GetProperty("seed").GetInt32());
        foreach (JsonElement row in report.GetProperty("rows").EnumerateArray())
        {
            double[] values = Numbers(row.GetProperty("values"));
            double[] errors = Numbers(row.GetProperty("standardErrors"));
            Assert.Equal(row.GetProperty("prediction").GetDouble(), report.GetProperty("baseValue").GetDouble() + values.Sum(), 1e-12);
            for (int i = 0; i < values.Length; i++)
            {
                Assert.True(errors[i] > 0);
                Assert.True(row.GetProperty("interval")[i][0].GetDouble() < values[i] && values[i] < row.GetProperty("interval")[i][1].GetDouble());
            }
        }
    }

    // The log-odds of a logistic regression are linear: w (x - mean of the background), whatever is sampled.
    [Fact]
    public async Task Sampled_log_odds_of_a_logistic_regression_equal_the_exact_ones()
    {
        JsonElement exact = await ExplainAsync("hmda_logreg", "--method", "exact", "--row", "7", "--link", "logit");
        JsonElement kernel = await ExplainAsync("hmda_logreg", "--method", "kernel", "--samples", "40", "--row", "7", "--link", "logit");

        Assert.Equal("logit", exact.GetProperty("link").GetString());
        double[] expected = Numbers(exact.GetProperty("rows")[0].GetProperty("values"));
        double[] values = Numbers(kernel.GetProperty("rows")[0].GetProperty("values"));
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], values[i], 1e-5);
        }
    }

    [Fact]
    public async Task Threads_change_nothing_but_the_time()
    {
        string[] flags = ["--method", "kernel", "--samples", "100", "--row", "0,1,2,3,4"];

        JsonElement one = await ExplainAsync("hmda_gbt", [.. flags, "--threads", "1"]);
        JsonElement three = await ExplainAsync("hmda_gbt", [.. flags, "--threads", "3"]);

        Assert.Equal(one.GetProperty("rows").GetRawText(), three.GetProperty("rows").GetRawText());
        Assert.Equal(one.GetProperty("modelCalls").GetRawText(), three.GetProperty("modelCalls").GetRawText());
    }

    [Fact]
    public async Task The_class_may_be_a_column_a_name_or_the_predicted_one()
    {
        JsonElement first = await ExplainAsync("hmda_logreg", "--samples", "100", "--row", "0", "--class", "0");
        JsonElement second = await ExplainAsync("hmda_logreg", "--samples", "100", "--row", "0", "--class", "yes");
        JsonElement predicted = await ExplainAsync("hmda_logreg", "--samples", "100", "--row", "0", "--class", "predicted");

        Assert.Equal(0, first.GetProperty("classIndex").GetInt32());
        Assert.Equal(1, second.GetProperty("classIndex").GetInt32());
        double no = first.GetProperty("rows")[0].GetProperty("prediction").GetDouble();
        double yes = second.GetProperty("rows")[0].GetProperty("prediction").GetDouble();
        Assert.Equal(1, no + yes, 1e-6);
        Assert.Equal(no > yes ? 0 : 1, predicted.GetProperty("classIndex").GetInt32());
        Assert.Equal(Math.Max(no, yes), predicted.GetProperty("rows")[0].GetProperty("prediction").GetDouble(), 1e-6);
    }

    [Fact]
    public async Task More_than_two_classes_are_explained_side_by_side()
    {
        string rows = Head(Sample("digits", "test.csv"), 12);
        JsonElement report = await ExplainAsync("digits_cnn", "--data", rows, "--samples", "130", "--row", "0");

        Assert.Equal(10, report.GetProperty("baseValue").GetArrayLength());
        Assert.Equal(64, report.GetProperty("rows")[0].GetProperty("values")[9].GetArrayLength());
        Assert.Equal(JsonValueKind.Null, report.GetProperty("classIndex").ValueKind);
    }

    [Fact]
    public async Task Groups_are_one_player_each_and_named_in_the_result()
    {
        string groups = Write("groups.json", """{"ratios": ["pirat", "hirat", 2], "history": ["chist", "mhist", "phist"]}""");

        JsonElement report = await ExplainAsync("hmda_gbt", "--groups", groups, "--row", "0");

        Assert.Equal(9, report.GetProperty("features").GetArrayLength());
        Assert.Equal(["pirat", "hirat", "lvrat"], Texts(report.GetProperty("groups").GetProperty("ratios")));
        Assert.Equal("tree", report.GetProperty("method").GetString());
        Assert.Contains("sums of trees", report.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_with_the_name_of_a_feature_outside_it_is_refused()
    {
        string groups = Write("groups.json", """{"pirat": ["hirat", "lvrat"]}""");

        (int code, _, string error) = await RunAsync("hmda_gbt", ["--groups", groups, "--row", "0"]);

        Assert.Equal(2, code);
        Assert.Equal("The group 'pirat' has the name of a feature that is not in it; give the group another name.", error.TrimEnd());
    }

    [Fact]
    public async Task Rows_explained_for_classes_of_their_own_add_up_to_their_own_base_value()
    {
        JsonElement report = await ExplainAsync("hmda_biased", "--samples", "100", "--method", "kernel", "--class", "predicted", "--where", "afam = 'yes' and single = 'yes'");

        JsonElement[] rows = [.. report.GetProperty("rows").EnumerateArray()];
        Assert.Equal([0, 1], rows.Select(row => row.GetProperty("classIndex").GetInt32()).Distinct().Order());
        Assert.All(rows, row => Assert.Equal(
            row.GetProperty("prediction").GetDouble(),
            row.GetProperty("baseValue").GetDouble() + Numbers(row.GetProperty("values")).Sum(), 1e-12));
    }

    [Fact]
    public async Task Weights_of_the_background_count_rows_as_often()
    {
        string[] lines = [.. File.ReadLines(Sample("hmda", "train.csv")).Take(4)];
        string weighted = Write("weighted.csv", $"{lines[0]},w\n{lines[1]},2\n{lines[2]},0\n{lines[3]},1\n");
        string repeated = Write("repeated.csv", string.Join('\n', lines[0], lines[1], lines[1], lines[3]));

        JsonElement one = await ExplainAsync("hmda_gbt", "--background", weighted, "--weights", "w", "--row", "2", "--method", "exact");
        JsonElement other = await ExplainAsync("hmda_gbt", "--background", repeated, "--row", "2", "--method", "exact");

        double[] expected = Numbers(other.GetProperty("rows")[0].GetProperty("values"));
        double[] values = Numbers(one.GetProperty("rows")[0].GetProperty("values"));
        for (int i = 0; i < values.Length; i++)
        {
            Assert.Equal(expected[i], values[i], 1e-12);
        }
    }

    [Fact]
    public async Task Only_rows_of_the_cohort_are_explained()
    {
        JsonElement report = await ExplainAsync("hmda_gbt", "--where", "afam = 'yes' and single = 'yes'", "--samples", "40", "--method", "kernel");

        string[] cells = [.. report.GetProperty("rows").EnumerateArray().Select(row =>
            File.ReadLines(Sample("hmda", "validation.csv")).ElementAt(row.GetProperty("row").GetInt32() + 1))];
        Assert.NotEmpty(cells);
        Assert.All(cells, line => Assert.Contains(",yes,yes,", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("give one with --hierarchy", "--method", "owen")]
    [InlineData("takes no picture", "--players", "patches:2")]
    [InlineData("'squares' is none of them", "--players", "squares")]
    [InlineData("belongs to the method 'occlusion'", "--window", "2")]
    [InlineData("for pictures and sequences of numbers", "--reference", "blur")]
    [InlineData("'blur:x' has none", "--reference", "blur:x")]
    [InlineData("names no mask token", "--reference", "mask")]
    [InlineData("those of 'occlusion' do not", "--method", "occlusion", "--quality")]
    [InlineData("cannot pass through the operator 'ai.onnx.ml.Scaler' (node '", "--method", "saliency")]
    [InlineData("belongs to the methods that follow gradients", "--steps", "50")]
    [InlineData("at least 8", "--method", "integrated-gradients", "--steps", "7")]
    [InlineData("those of 'saliency' do not", "--method", "saliency", "--quality")]
    [InlineData("a number above 0", "--until-width", "0")]
    [InlineData("is mean, zero, blur, blur:R, mask, token:ID, row:i or own:COLUMN", "--reference", "median")]
    [InlineData("no reference row 100", "--reference", "row:100")]
    [InlineData("no column 'heft'", "--reference", "own:heft")]
    [InlineData("belongs to the cohort of --background-where", "--background-where", "pirat > 1000")]
    [InlineData("no method 'magic'", "--method", "magic")]
    [InlineData("at least 28 samples", "--method", "kernel", "--samples", "27")]
    [InlineData("no row 99999", "--row", "99999")]
    [InlineData("'x' is none", "--row", "0,x")]
    [InlineData("no class 'maybe'", "--class", "maybe")]
    [InlineData("no class 2", "--class", "2")]
    [InlineData("no output 'nothing'", "--output", "nothing")]
    [InlineData("no column 'heft'", "--weights", "heft")]
    [InlineData("'probit'", "--link", "probit")]
    [InlineData("--depth", "--depth", "3")]
    [InlineData("cannot be read", "--background", "nowhere.csv")]
    public async Task Bad_input_is_refused_in_one_sentence(string words, params string[] flags)
    {
        (int code, string output, string error) = await RunAsync("hmda_logreg", flags);

        Assert.Equal(2, code);
        Assert.Equal("", output);
        string[] said = [.. error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith("warning:", StringComparison.Ordinal))];
        Assert.Contains(words, Assert.Single(said), StringComparison.Ordinal);
    }

    private static string Sample(params string[] parts) => Path.Combine([Reference.Repository, "samples", .. parts]);

    private static string[] Texts(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetString()!)];

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetDouble())];

    private string Write(string name, string text)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private string Head(string path, int rows) => Write($"head-{rows}.csv", string.Join('\n', File.ReadLines(path).Take(rows + 1)));

    private static async Task<JsonElement> ExplainAsync(string model, params string[] flags)
    {
        (int code, string output, string error) = await RunAsync(model, flags);
        Assert.True(code == 0, error);
        return JsonDocument.Parse(output).RootElement;
    }

    private static Task<(int Code, string Output, string Error)> RunAsync(string model, string[] flags) => RunAsync(
    [
        "explain", Sample("models", model, "model.onnx"), "--encoding", Sample("models", model, "manifest.json"), "--provider", "cpu", "--json", "-",
        .. flags.Contains("--data") ? flags : [.. flags, "--data", Sample("hmda", "validation.csv")],
    ]);

    private static async Task<(int Code, string Output, string Error)> RunAsync(string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int code = await GovernanceCommand.RunAsync(arguments, output, error, CancellationToken.None);
        return (code, output.ToString(), code == 0 ? "" : error.ToString());
    }
}
