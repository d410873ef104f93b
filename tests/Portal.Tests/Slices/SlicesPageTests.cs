using AngleSharp.Html.Dom;

namespace Governance.Portal.Tests.Slices;

[Collection(PortalTests.Name)]
public sealed class SlicesPageTests(SamplePortal portal)
{
    private const string Version = "/models/hmda_biased/versions/1";

    [Fact]
    public async Task What_is_searched_for_stands_in_the_address_and_in_the_form()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");

        IHtmlDocument page = await rita.GetAsync($"{Version}/slices?metric=fnr&depth=2&rows=100");

        Assert.Equal("fnr", Chosen(page, "#metric"));
        Assert.Equal("2", Chosen(page, "#depth"));
        Assert.Equal("100", Chosen(page, "#rows"));
        Assert.Contains("Scoring rows and searching slices", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("which needs script", page.Body.TextContent, StringComparison.Ordinal);
        Assert.Equal("page", page.QuerySelector($"a[href='{Version}/slices']")!.GetAttribute("aria-current"));
    }

    [Fact]
    public async Task What_makes_no_sense_in_the_address_falls_back()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");

        IHtmlDocument page = await rita.GetAsync($"{Version}/slices?metric=gini&depth=9&rows=3");
        IHtmlDocument robustness = await rita.GetAsync($"{Version}/robustness?test=storm&repeats=7");

        Assert.Equal(("error_rate", "3", "60"), (Chosen(page, "#metric"), Chosen(page, "#depth"), Chosen(page, "#rows")));
        Assert.Equal(("", "3"), (Chosen(robustness, "#test"), Chosen(robustness, "#repeats")));
    }

    [Fact]
    public async Task Both_views_are_for_who_may_run_audits()
    {
        using SignedInClient aude = await portal.SignInAsync("aude");

        Assert.Contains("Your role does not search", (await aude.GetAsync($"{Version}/slices")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Your role does not disturb", (await aude.GetAsync($"{Version}/robustness")).Body!.TextContent, StringComparison.Ordinal);
    }

    private static string Chosen(IHtmlDocument page, string select) => Assert.IsAssignableFrom<IHtmlSelectElement>(page.QuerySelector(select)).Value!;
}
