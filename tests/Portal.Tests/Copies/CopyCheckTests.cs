using System.Net;
using AngleSharp.Html.Dom;
using Governance.Portal.Tests.CommandLine;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Copies;

[Collection(PortalTests.Name)]
public sealed class CopyCheckTests(SamplePortal portal)
{
    [Fact]
    public async Task A_reviewer_compares_a_file_with_a_version_and_the_secret_is_drawn_once()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");
        byte[] fair = await File.ReadAllBytesAsync(Sample("models", "hmda_fair", "model.onnx"));
        byte[] biased = await File.ReadAllBytesAsync(Sample("models", "hmda_biased", "model.onnx"));

        IHtmlDocument other = await rita.UploadAsync(
            "/models/hmda_biased/versions/1/copy-check", "#suspect", [("Form.Suspect", fair)], ("Form.Dataset", "hmda-test"));
        IHtmlDocument same = await rita.UploadAsync(
            "/models/hmda_biased/versions/1/copy-check", "#suspect", [("Form.Suspect", biased)], ("Form.Dataset", "hmda-test"));

        Assert.NotEqual("Consistent with a copy", other.QuerySelector("#result")!.TextContent);
        Assert.Equal("Consistent with a copy", same.QuerySelector("#result")!.TextContent);
        Assert.Contains("not proof", same.Body!.TextContent, StringComparison.Ordinal);
        await using GovernanceDb db = await portal.Services.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();
        Assert.Equal(1, await db.Ledger.CountAsync(entry => entry.Action == "probes.drawn"));
        Assert.IsType<LedgerVerdict.Holds>(await portal.Services.GetRequiredService<VerifyLedger>().RunAsync(default));
    }

    [Fact]
    public async Task A_file_that_is_no_model_is_refused_in_the_form()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");

        IHtmlDocument page = await rita.UploadAsync(
            "/models/hmda_biased/versions/1/copy-check", "#suspect", [("Form.Suspect", "no model"u8.ToArray())], ("Form.Dataset", "hmda-test"));

        Assert.Null(page.QuerySelector("#result"));
        Assert.EndsWith(".", page.QuerySelector("[role=alert]")!.TextContent.Trim(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aude")]
    [InlineData("ada")]
    [InlineData("coen")]
    public async Task Whoever_runs_no_audits_compares_nothing(string user)
    {
        using SignedInClient client = await portal.SignInAsync(user);

        // Refused by role, with a page that says so, or not there at all.
        Assert.True(
            await client.StatusAsync("/models/hmda_biased/versions/1/copy-check") == HttpStatusCode.NotFound
            || (await client.GetAsync("/models/hmda_biased/versions/1/copy-check")).QuerySelector("#suspect") is null);
    }

    [Fact]
    public async Task The_command_gives_verdict_and_evidence_as_JSON()
    {
        CommandRun run = await CommandRun.OfAsync(
            "copy-check", Sample("models", "hmda_logreg", "model.onnx"), Sample("models", "hmda_gbt", "model.onnx"),
            "--data", Sample("hmda", "test.csv"), "--encoding", Sample("models", "hmda_gbt", "manifest.json"), "--json", "-", "--quiet");

        Assert.Equal((0, "no-sign-of-copying"), (run.Code, run.Json.GetProperty("verdict").GetString()));
        Assert.Equal("governance/copy-check/1", run.Json.GetProperty("schema").GetString());
        Assert.Equal(200, run.Json.GetProperty("behaviour").GetProperty("probes").GetInt32());
    }

    [Fact]
    public async Task A_suspect_that_cannot_be_read_is_one_sentence_and_2()
    {
        CommandRun run = await CommandRun.OfAsync(
            "copy-check", Sample("hmda", "test.csv"), Sample("models", "hmda_gbt", "model.onnx"), "--data", Sample("hmda", "test.csv"));

        Assert.Equal(2, run.Code);
        Assert.Single(run.Error.Trim().Split('\n'));
    }

    private static string Sample(params string[] parts) => Path.Combine([Reference.Repository, "samples", .. parts]);
}
