using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Governance.Audit.Documents;
using Governance.Portal.Features.Documents;
using Governance.Registry.Checkpoints;
using Governance.Registry.Ledger;
using Governance.Registry.SignOffs;
using Governance.Registry.Versions;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Documents;

[Collection(PortalTests.Name)]
public sealed class DocumentPagesTests(SamplePortal portal)
{
    private const string Reports = "/models/hmda_biased/versions/1/reports";

    [Fact]
    public async Task The_reports_tab_offers_every_document_in_every_form()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");

        IHtmlDocument page = await dev.GetAsync(Reports);

        foreach ((_, string name, string title, _) in DocumentNames.Kinds)
        {
            Assert.Contains(title, page.Body!.TextContent, StringComparison.Ordinal);
            foreach (string format in (string[])["html", "md", "json"])
            {
                Assert.NotNull(page.QuerySelector($"a[href='{Reports}/{name}.{format}']"));
            }
        }
    }

    [Theory]
    [InlineData("model-card")]
    [InlineData("validation")]
    [InlineData("annex-iv")]
    [InlineData("ll144")]
    public async Task The_same_evidence_gives_the_same_bytes_and_no_script(string kind)
    {
        using SignedInClient dev = await portal.SignInAsync("dev");
        await portal.Services.GetRequiredService<SealCheckpoint>().RunAsync(default);

        string html = await dev.DownloadAsync($"{Reports}/{kind}.html");

        IHtmlDocument document = new HtmlParser().ParseDocument(html);
        Assert.Empty(document.QuerySelectorAll("script, img, iframe, link, [onclick], [style]"));
        Assert.Single(document.QuerySelectorAll("h1"));
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
        JsonNode json = JsonNode.Parse(await dev.DownloadAsync($"{Reports}/{kind}.json"))!;
        Assert.Equal("governance/document/1", json["schema"]!.GetValue<string>());
        Assert.NotEmpty(json["evidence"]!.AsArray());
        Assert.Contains(json["ledger"]!["root"]!.GetValue<string>(), html, StringComparison.Ordinal);
        foreach (string format in (string[])["html", "md", "json"])
        {
            Assert.Equal(await dev.DownloadAsync($"{Reports}/{kind}.{format}"), await dev.DownloadAsync($"{Reports}/{kind}.{format}"));
        }
    }

    [Fact]
    public async Task What_a_person_attested_is_quoted_as_their_words()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");
        ModelVersionId version = await portal.RegisterAsync("attested", "hmda_fair");
        Assert.IsType<StatementOutcome.Recorded>(await portal.Services.GetRequiredService<RecordAttestation>().RunAsync(
            Actor.Person(portal["dev"]), version, "inventory", "For <b>underwriters</b>, never for prices.", default));

        string html = await dev.DownloadAsync("/models/attested/versions/1/reports/model-card.html");

        Assert.Contains("For &lt;b&gt;underwriters&lt;/b&gt;, never for prices.", html, StringComparison.Ordinal);
        Assert.Contains("by Dev Sample", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_document_is_not_found()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");

        Assert.Equal(HttpStatusCode.NotFound, await dev.StatusAsync($"{Reports}/diary.html"));
        Assert.Equal(HttpStatusCode.NotFound, await dev.StatusAsync($"{Reports}/ll144.exe"));
    }

    [Fact]
    public void Words_of_people_are_no_markup_in_html()
    {
        GovernedDocument document = new()
        {
            Kind = DocumentKind.ModelCard, Title = "<b>t</b>", Subject = "\"><script>alert(1)</script>", Citation = "c", Evidence = [],
            Sections = [new DocumentSection("a", "<i>s</i>", 1,
            [
                new WrittenBlock("<u>", "<script>alert(2)</script>\n\"'&", "<img src=x onerror=alert(3)>", default), new MissingBlock("<x>", "<y>"),
                new TableBlock("<c>", ["<h>"], [["<v>"]]), new FactsBlock([new("<t>", "<w>")]),
            ])],
        };

        IHtmlDocument html = new HtmlParser().ParseDocument(DocumentHtml.Write(document));

        Assert.Empty(html.QuerySelectorAll("script, img, b:not(.gap b), i, u, x, y, v, w"));
        Assert.Equal("<script>alert(2)</script>\n\"'&", html.QuerySelector("blockquote")!.TextContent);
    }
}
