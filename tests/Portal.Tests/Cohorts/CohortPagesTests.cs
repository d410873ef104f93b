using AngleSharp.Html.Dom;

namespace Governance.Portal.Tests.Cohorts;

[Collection(PortalTests.Name)]
public sealed class CohortPagesTests(SamplePortal portal)
{
    [Fact]
    public async Task The_address_restores_the_performance_of_a_cohort_beside_all_other_rows()
    {
        IHtmlDocument page = await PageAsync("rita", "performance", "lvrat > 0.8 and @score < 0.9", "&beside=complement");

        Assert.Equal("lvrat > 0.8 and @score < 0.9", Assert.IsAssignableFrom<IHtmlInputElement>(page.QuerySelector("#cohort")).Value);
        Assert.Matches("^n = [0-9,]+ of 476, ", page.QuerySelector("#cohort-n")!.TextContent);
        Assert.Contains("not sealed evidence", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("#contrast"));
        Assert.NotNull(page.QuerySelector("#metrics"));
    }

    [Fact]
    public async Task The_groups_of_a_cohort_stand_in_the_forest_with_links_that_keep_it()
    {
        IHtmlDocument page = await PageAsync("rita", "fairness", "lvrat > 0.8", "&metric=selection");

        Assert.NotNull(page.QuerySelector("#forest"));
        Assert.Contains("Computed now on n = ", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains(
            page.QuerySelectorAll(".subtabs a").Select(link => link.GetAttribute("href")),
            href => href!.Contains("cohort=lvrat%20%3E%200.8", StringComparison.Ordinal) && href.Contains("metric=tpr", StringComparison.Ordinal));
    }

    // Who reads no protected cells sees no groups where a handful would follow: here 10 rows with the highest ratios.
    [Fact]
    public async Task Groups_of_few_rows_are_not_shown()
    {
        IHtmlDocument page = await PageAsync("cora", "fairness", "lvrat > 0.95");

        Assert.Null(page.QuerySelector("#forest"));
        Assert.Contains("not shown to your role", page.Body!.TextContent, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("rita", "afam = 'yes'", "masked for your role")]
    [InlineData("rita", "lvrat >", "position 8")]
    [InlineData("aude", "lvrat > 0.8", "Your role does not compute")]
    public async Task A_condition_that_cannot_be_shown_is_a_sentence_and_no_figure(string user, string where, string words)
    {
        IHtmlDocument page = await PageAsync(user, "performance", where);

        Assert.Contains(words, page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("#metrics"));
    }

    [Fact]
    public async Task Without_a_condition_the_sealed_figures_stand()
    {
        IHtmlDocument page = await PageAsync("aude", "performance", "");

        Assert.NotNull(page.QuerySelector("#metrics"));
        Assert.DoesNotContain("Computed now", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("#cohort")); // nothing to compute for an auditor
    }

    private async Task<IHtmlDocument> PageAsync(string user, string tab, string where, string more = "") =>
        await (await portal.SignInAsync(user)).GetAsync($"/models/hmda_biased/versions/1/{tab}?cohort={Uri.EscapeDataString(where)}{more}");
}
