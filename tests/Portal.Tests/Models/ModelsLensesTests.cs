using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Governance.Portal.Tests.Models;

[Collection(PortalTests.Name)]
public sealed class ModelsLensesTests(SamplePortal portal)
{
    [Fact]
    public async Task Each_lens_shows_every_model_with_its_own_columns_and_its_own_help()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");

        IHtmlDocument health = await rita.GetAsync("/models?lens=health");
        IHtmlDocument protection = await rita.GetAsync("/models?lens=protection");

        Assert.Equal(["Governance", "Health", "Serving", "Protection"], health.QuerySelectorAll("nav.subtabs a").Select(tab => tab.TextContent.Trim()));
        Assert.Equal(["Model", "Live", "Open alerts", "Open findings", "Gates of the latest version", "Measured"], Heads(health));
        Assert.Contains("today", RowOf(health, "hmda_biased").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Model", "Answers", "Output policy", "Open alarms", "Units in 30 days", "Units ever"], Heads(protection));
        Assert.Equal("built in", RowOf(protection, "hmda_biased").Children[2].TextContent.Trim());
        Assert.All((IHtmlDocument[])[health, protection], page => Assert.NotNull(page.QuerySelector("details.howto p")));
        Assert.Equal("health", health.QuerySelector("form.filters input[name=lens]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_consumer_sees_names_under_every_lens_and_nothing_else()
    {
        using SignedInClient coen = await portal.SignInAsync("coen");

        foreach (string lens in (string[])["health", "protection"])
        {
            IElement row = RowOf(await coen.GetAsync($"/models?lens={lens}"), "hmda_biased");
            Assert.Equal("hmda_biased", row.TextContent.Trim());
        }
    }

    private static string[] Heads(IHtmlDocument page) => [.. page.QuerySelectorAll("thead th").Select(head => head.TextContent.Trim())];

    private static IElement RowOf(IHtmlDocument page, string model) => page.QuerySelectorAll("tbody tr").First(row => row.Children[0].TextContent.Trim() == model);
}
