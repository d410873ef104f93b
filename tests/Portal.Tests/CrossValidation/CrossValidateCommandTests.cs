using System.Text.Json;
using AngleSharp.Html.Dom;
using Governance.Portal.Tests.CommandLine;
using Governance.Tests;

namespace Governance.Portal.Tests.CrossValidation;

[Collection(PortalTests.Name)]
public sealed class CrossValidateCommandTests(SamplePortal portal)
{
    private static readonly string Train = Path.Combine(Reference.Repository, "samples", "hmda", "train.csv");

    [Fact]
    public async Task Folds_of_the_command_and_of_its_predictions_agree()
    {
        string predictions = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7():n}.csv");
        try
        {
            CommandRun trained = await CommandRun.OfAsync(
                ["crossvalidate", Train, "--label", "deny", "--positive", "yes", "--kind", "logistic", "--folds", "4", "--out", predictions, "--json", "-"]);
            CommandRun measured = await CommandRun.OfAsync(
                ["performance", predictions, "--label", "deny", "--positive", "yes", "--prediction", "prediction", "--score", "score", "--fold", "fold", "--json", "-"]);

            Assert.True(trained.Code == 0 && measured.Code == 0, trained.Error + measured.Error);
            Assert.Equal("governance/crossvalidate/1", trained.Json.GetProperty("schema").GetString());
            Assert.Equal(4, trained.Json.GetProperty("folds").GetArrayLength());
            double area = Mean(trained.Json.GetProperty("means"), "roc_auc");
            Assert.InRange(area, 0.75, 0.95);
            Assert.Equal(area, Mean(measured.Json.GetProperty("foldMeans"), "roc_auc"), 1e-12);
        }
        finally
        {
            File.Delete(predictions);
        }
    }

    [Theory]
    [InlineData("The number of folds must lie between 2 and 100.", "--kind", "trees", "--folds", "1")]
    [InlineData("Name a column of groups or one of time, not both.", "--kind", "trees", "--group", "afam", "--time", "pirat")]
    [InlineData("The data has no column 'nobody'.", "--kind", "trees", "--features", "nobody")]
    public async Task Refuses_in_one_sentence_with_exit_code_2(string sentence, params string[] flags)
    {
        CommandRun run = await CommandRun.OfAsync(["crossvalidate", Train, "--label", "deny", "--positive", "yes", .. flags, "--json", "-"]);

        Assert.Equal((2, "", sentence), (run.Code, run.Output, run.Error.Trim()));
    }

    [Fact]
    public async Task The_page_trains_on_a_registered_data_set()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");

        IHtmlDocument page = await dev.GetAsync("/cross-validations?data=hmda-train&kind=Logistic&folds=3&go=1");

        Assert.StartsWith("ROC AUC is 0.", page.QuerySelector("#means")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("3 stratified folds", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("governance crossvalidate hmda-train.csv --label deny --kind logistic --folds 3", page.QuerySelector("code")!.TextContent, StringComparison.Ordinal);
    }

    private static double Mean(JsonElement means, string metric) =>
        means.EnumerateArray().Single(mean => mean.GetProperty("metric").GetString() == metric).GetProperty("mean").GetDouble();
}
