using System.Text.Json;
using AngleSharp.Html.Dom;
using Governance.Registry.Evidence;
using Governance.Registry.Versions;
using Governance.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Explanations;

[Collection(PortalTests.Name)]
public sealed class ExplainFormTests(SamplePortal portal)
{
    private const string Page = "/models/hmda_fair/versions/1/explain";

    [Fact]
    public async Task The_cost_is_told_before_anything_runs()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");

        IHtmlDocument page = await rita.SubmitAsync(Page, "#explain-name", ("Form.Method", "exact"), ("Form.Rows", "3"), ("Act", "estimate"));

        string note = page.QuerySelector(".note")!.TextContent;
        Assert.Contains("3 rows by the method exact", note, StringComparison.Ordinal);
        Assert.Contains("rows through the model", note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Form.RowNumbers", "4, x", "'x' is none")]
    [InlineData("Form.Where", "nonsense ==", "position")]
    [InlineData("Form.Where", "heft > 3", "heft")]
    [InlineData("Form.Groups", "income", "a name, a colon")]
    [InlineData("Form.Class", "perhaps", "no class 'perhaps'")]
    public async Task What_cannot_be_explained_is_said_in_a_sentence(string field, string value, string words)
    {
        using SignedInClient rita = await portal.SignInAsync("rita");

        IHtmlDocument page = await rita.SubmitAsync(Page, "#explain-name", (field, value), ("Act", "estimate"));

        Assert.Contains(words, page.QuerySelector(".note")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_are_explained_once_and_the_second_request_is_answered_from_evidence()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");
        (string, string)[] wish =
        [
            ("Form.Name", "Two cases"), ("Form.Method", "exact"), ("Form.RowNumbers", "11, 5"), ("Form.Interactions", "true"),
            ("Form.Groups", "income: pirat, hirat"), ("Form.BackgroundRows", "10"), ("Act", "run"),
        ];

        await rita.SubmitAsync(Page, "#explain-name", wish);
        ModelVersionId version = await portal.VersionAsync("hmda_fair", 1);
        EvidenceRecord record = await portal.Services.SealedAsync(runs => runs.Where(run => run.Version == version && run.Title == "Two cases"));
        IHtmlDocument shown = await rita.GetAsync($"{Page}?evidence={record.Id}");
        IHtmlDocument again = await rita.SubmitAsync(Page, "#explain-name", wish);
        using JsonDocument json = JsonDocument.Parse(await rita.DownloadAsync($"/models/hmda_fair/versions/1/evidence/{record.Id}/explanation.json"));

        Assert.False(record.Decides);
        Assert.NotNull(shown.QuerySelector("gov-plot[name=interactions]"));
        Assert.Contains("0 model calls", again.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(0, json.RootElement.GetProperty("modelCalls").GetInt64());
        Assert.Equal("evidence", json.RootElement.GetProperty("resultFrom").GetString());
        Assert.Equal([5, 11], json.RootElement.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("row").GetInt32()));
        Assert.Contains("income", json.RootElement.GetProperty("features").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task Who_sees_no_rows_has_no_form_and_no_download()
    {
        using SignedInClient aude = await portal.SignInAsync("aude");

        IHtmlDocument page = await aude.GetAsync(Page);

        Assert.Null(page.QuerySelector("#explain-name"));
        Assert.Null(page.QuerySelector("a[href$='explanation.json']"));
    }
}
