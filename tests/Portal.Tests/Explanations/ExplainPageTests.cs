using AngleSharp.Html.Dom;

namespace Governance.Portal.Tests.Explanations;

[Collection(PortalTests.Name)]
public sealed class ExplainPageTests(SamplePortal portal)
{
    private const string Page = "/models/hmda_biased/versions/1/explain";

    [Fact]
    public async Task The_biased_model_ranks_race_first()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");

        IHtmlDocument page = await rita.GetAsync(Page);

        Assert.StartsWith("afam", page.QuerySelector("#global")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Protected_attributes_of_a_case_are_masked_without_a_grant_that_names_them()
    {
        using SignedInClient carl = await portal.SignInAsync("carl");

        IHtmlDocument page = await carl.GetAsync(Page + "?case=3");

        Dictionary<string, string> values = page.QuerySelectorAll("#case dl.kv dt").ToDictionary(
            name => name.TextContent, name => name.NextElementSibling!.TextContent);
        Assert.Equal("masked", values["afam"]);
        Assert.Equal("masked", values["single"]);
        Assert.NotEqual("masked", values["pirat"]);
    }

    [Fact]
    public async Task An_auditor_sees_what_moved_all_rows_and_no_single_one()
    {
        using SignedInClient aude = await portal.SignInAsync("aude");

        IHtmlDocument page = await aude.GetAsync(Page + "?case=3");

        Assert.Single(page.QuerySelectorAll("gov-plot"));
        Assert.Null(page.QuerySelector("#case"));
        Assert.Contains("Your role sees what moved the output over all rows, not in single ones.", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_address_names_the_case_and_its_neighbours()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");

        IHtmlDocument page = await rita.GetAsync(Page + "?pick=all&case=3");

        Assert.Contains("Case 3 scores", page.QuerySelector("#case h2:not(.sr)")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("case=2", page.QuerySelector("a[rel=prev]")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains("case=4", page.QuerySelector("a[rel=next]")!.GetAttribute("href"), StringComparison.Ordinal);
    }
}
