using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Governance.Audit.Data;
using Governance.Portal.Tests.Answers;
using Governance.Registry.Artifacts;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Governance.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.SignOffs;

[Collection(PortalTests.Name)]
public sealed class VoidedAnswerTests(SamplePortal portal)
{
    [Theory]
    [InlineData("model", "The bytes of the model file are not those that were approved.")]
    [InlineData("encoding", "The bytes of the encoding with the threshold are not those that were approved.")]
    [InlineData("data", "The bytes of the evaluation data 'hmda-test' are not those that were approved.")]
    public async Task One_flipped_bit_after_approval_answers_409_with_the_reason_and_the_timeline_says_why(string part, string sentence)
    {
        string name = $"flip-{part}";
        ModelVersionId version = await portal.RegisterAsync(name, "hmda_fair");
        using SignedInClient carl = await ApproveAsync(name);
        using SignedInClient coen = await portal.SignInAsync("coen");
        (HttpStatusCode before, _, _) = await AnswerPortal.AskAsync(coen, name, "predict", [Row()]);

        string path = await PathAsync(version, part);
        byte[] bytes = await File.ReadAllBytesAsync(path);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);
        (HttpStatusCode after, JsonNode first, _) = await AnswerPortal.AskAsync(coen, name, "predict", [Row()]);
        (HttpStatusCode later, JsonNode second, _) = await AnswerPortal.AskAsync(coen, name, "predict", [Row()]);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(path, bytes); // other tests read the data too

        Assert.Equal(HttpStatusCode.OK, before);
        Assert.Equal(HttpStatusCode.Conflict, after);
        Assert.Contains(sentence, first["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, later);
        Assert.Contains($"voided; only an approved version answers. {sentence}", second["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        string history = (await carl.GetAsync($"/models/{name}/versions/1/history")).QuerySelector("ol.timeline")!.TextContent;
        Assert.Contains($"Voided, by system: {sentence}", history, StringComparison.Ordinal);
        IHtmlDocument page = await carl.GetAsync($"/models/{name}/versions/1/sign-off");
        Assert.Contains($"Not in force: voided. {sentence}", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_something_else_than_was_confirmed_is_refused_over_http()
    {
        await portal.RegisterAsync("bound", "hmda_fair");
        const string Page = "/models/bound/versions/1/sign-off";
        await ReviewAsync("bound");
        using SignedInClient rita = await portal.SignInAsync("rita");
        using SignedInClient carl = await portal.SignInAsync("carl");

        // Having signed in a moment ago is not enough: a decision is confirmed over its root.
        Assert.Null((await carl.GetAsync(Page)).QuerySelector("#rationale"));
        await carl.ConfirmSignatureAsync(Page);
        Assert.NotNull((await carl.GetAsync(Page)).QuerySelector("#rationale"));
        await rita.SubmitAsync(Page, "#statement", ("Form.Line", "human-oversight"), ("Form.Text", "Five people see each refusal."));
        IHtmlDocument changed = await carl.GetAsync(Page);

        Assert.Null(changed.QuerySelector("#rationale"));
        Assert.Contains("Five people see each refusal.", changed.Body!.TextContent, StringComparison.Ordinal);
        IHtmlDocument after = await carl.DecideAsync(Page, "Approve");
        Assert.Contains("Signed, 1 of 1 approval", after.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conditions_stand_in_the_register_with_owner_and_date_and_changes_come_first()
    {
        await portal.RegisterAsync("conditional", "hmda_fair");
        const string Page = "/models/conditional/versions/1/sign-off";
        await ReviewAsync("conditional");
        using SignedInClient carl = await portal.SignInAsync("carl");

        IHtmlDocument after = await carl.DecideAsync(
            Page, "ApproveWithConditions", ("Form.Conditions[0].Text", "Report the ratio each month."), ("Form.Conditions[0].Owner", portal["otto"].ToString()));
        IHtmlDocument register = await carl.GetAsync("/register?status=Open");

        Assert.Equal("Approved with conditions", after.QuerySelector("[aria-current=step] b")!.TextContent.Trim());
        Assert.Contains("Changed since conditional/1 was signed", after.QuerySelector("#changed")!.TextContent, StringComparison.Ordinal);
        IElement row = register.QuerySelectorAll("tbody tr").Single(each => each.TextContent.Contains("Report the ratio each month.", StringComparison.Ordinal));
        Assert.Contains("Otto Sample", row.TextContent, StringComparison.Ordinal);
        IHtmlDocument finding = await carl.GetAsync(row.QuerySelector("a")!.GetAttribute("href")!);
        Assert.Contains("a condition of an approval", finding.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twenty_cases_are_the_same_for_everyone_and_the_answers_of_reviewers_stand()
    {
        await portal.RegisterAsync("cases", "hmda_fair");
        const string Page = "/models/cases/versions/1/cases";
        using SignedInClient dev = await portal.SignInAsync("dev");
        using SignedInClient rita = await portal.SignInAsync("rita");
        await dev.SubmitAsync("/models/cases/versions/1/sign-off", "#rationale");

        IHtmlDocument shown = await rita.GetAsync(Page);
        string[] rows = [.. shown.QuerySelectorAll("h3[id^=case-]").Select(head => head.Id!)];
        IHtmlDocument after = await rita.SubmitAsync(
            Page, "[name='Form.Cases[0].Answer']", ("Form.Cases[0].Answer", "agree"), ("Form.Cases[1].Answer", "disagree"), ("Form.Cases[1].Note", "Pays on time."));

        Assert.Equal(20, rows.Length);
        Assert.Equal(rows, (await dev.GetAsync(Page)).QuerySelectorAll("h3[id^=case-]").Select(head => head.Id!));
        Assert.Contains("near the threshold", shown.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("decided wrongly as", shown.Body.TextContent, StringComparison.Ordinal);
        Assert.Contains("2 of 20 cases reviewed, 1 disagreed", after.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Pays on time.", after.Body.TextContent, StringComparison.Ordinal);
        Assert.Null((await dev.GetAsync(Page)).QuerySelector("[name='Form.Cases[0].Answer']"));
    }

    private async Task ReviewAsync(string model)
    {
        string page = $"/models/{model}/versions/1/sign-off";
        using SignedInClient dev = await portal.SignInAsync("dev");
        using SignedInClient rita = await portal.SignInAsync("rita");
        await dev.SubmitAsync(page, "#rationale");
        await rita.SubmitAsync(page, "#rationale", ("Form.Choice", "Reviewed"), ("Form.Rationale", "Looked at every finding."));
    }

    private async Task<SignedInClient> ApproveAsync(string model)
    {
        await ReviewAsync(model);
        SignedInClient carl = await portal.SignInAsync("carl");
        IHtmlDocument after = await carl.DecideAsync($"/models/{model}/versions/1/sign-off", "Approve");
        Assert.Contains("Signed, 1 of 1 approval", after.Body!.TextContent, StringComparison.Ordinal);
        return carl;
    }

    private async Task<string> PathAsync(ModelVersionId id, string part)
    {
        await using GovernanceDb db = await portal.Services.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();
        ModelVersion version = await db.Versions.SingleAsync(row => row.Id == id);
        ArtifactDigest digest = part switch
        {
            "model" => version.Artifact,
            "encoding" => version.Encoding!.Value,
            _ => (await db.Datasets.SingleAsync(row => row.Name == "hmda-test")).Digest,
        };
        return Path.Combine(portal.Services.GetRequiredService<RegistryOptions>().ArtifactFolder, digest.Hex[..2], $"{digest.Hex[2..]}.art");
    }

    /// <summary>A row of the sample data as the interface takes it.</summary>
    internal static JsonObject Row()
    {
        using FileStream stream = File.OpenRead(Path.Combine(Reference.Repository, "samples", "hmda", "train.csv"));
        Table train = CsvTable.Read(stream, default);
        JsonObject cells = [];
        foreach (Column column in train.Columns)
        {
            cells[column.Name] = column is NumberColumn ? column.Number(0) : column.Text(0);
        }

        return cells;
    }
}
