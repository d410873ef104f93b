using Governance.Portal.Tests.CommandLine;
using Governance.Tests;

namespace Governance.Portal.Tests.Explanations;

public sealed partial class ExplainCommandTests
{
    private const string TwoClasses = """
        {"inputs":[{"name":"x","features":[{"name":"a"},{"name":"b"}]}],"outputs":[{"name":"prob","role":"probability","classes":["no","yes"]}]}
        """;

    // One column that is the probability of the second class: naming it after the first would turn every word round.
    [Fact]
    public async Task A_single_column_of_scores_is_that_of_the_second_class()
    {
        string model = Path.Combine(folder, "single.onnx");
        await File.WriteAllBytesAsync(model, GivenModel.Logistic([2, -1], 0.5f));
        string[] given = [model, "--encoding", Write("single.json", TwoClasses), "--data", Write("single.csv", "a,b\n1,2\n0,1\n-1,0\n3,1\n"), "--provider", "cpu"];

        CommandRun explained = await CommandRun.OfAsync(["explain", .. given, "--row", "0", "--json", "-"]);
        CommandRun named = await CommandRun.OfAsync(["explain", .. given, "--row", "0", "--class", "yes", "--json", "-"]);
        CommandRun column = await CommandRun.OfAsync(["explain", .. given, "--row", "0", "--class", "0", "--json", "-"]);
        CommandRun gradient = await CommandRun.OfAsync(["explain", .. given, "--row", "0", "--method", "saliency"]);
        CommandRun profile = await CommandRun.OfAsync(["pdp", .. given, "--features", "a"]);

        Assert.True(explained.Code == 0, explained.Error);
        Assert.Equal(0, explained.Json.GetProperty("classIndex").GetInt32()); // the column
        Assert.Equal(["yes"], Texts(explained.Json.GetProperty("classes")));
        Assert.Equal(1 / (1 + Math.Exp(-0.5)), explained.Json.GetProperty("rows")[0].GetProperty("prediction").GetDouble(), 1e-6);
        Assert.Equal(explained.Json.GetProperty("rows").ToString(), named.Json.GetProperty("rows").ToString());
        Assert.Equal(explained.Json.GetProperty("rows").ToString(), column.Json.GetProperty("rows").ToString());
        Assert.Equal(["yes"], Texts(column.Json.GetProperty("classes")));
        Assert.Contains("Row 0, class yes: prediction 0.622459", gradient.Output, StringComparison.Ordinal);
        Assert.Contains("probability of yes rises with a", profile.Output, StringComparison.Ordinal);
        foreach ((string other, int code) in (IEnumerable<(string, int)>)[("no", 2), ("predicted", 0)])
        {
            CommandRun run = await CommandRun.OfAsync(["explain", .. given, "--class", other]);
            Assert.Equal(code, run.Code);
            Assert.Contains("The output 'prob' is the score of yes alone", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_predicted_number_has_no_class()
    {
        CommandRun run = await CommandRun.OfAsync(
            "explain", Sample("models", "attrition_income_rf", "model.onnx"), "--encoding", Sample("models", "attrition_income_rf", "manifest.json"),
            "--data", Sample("attrition", "test.csv"), "--row", "0", "--provider", "cpu");

        Assert.Equal(0, run.Code);
        Assert.Contains("Row 0: prediction 2964.26", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("class", run.Output, StringComparison.Ordinal);
    }
}
