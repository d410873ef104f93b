using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Governance.Portal.Tests.Cohorts;

/// <summary>Saved cohorts on their page and in the bar of the pages that show a cohort.</summary>
[Collection(PortalTests.Name)]
public sealed class SavedCohortPagesTests(SamplePortal portal)
{
    private const string List = "/models/hmda_biased/cohorts";
    private const string Where = "lvrat > 0.7 and @error = 'no'";

    [Fact]
    public async Task A_cohort_is_saved_from_a_page_shared_picked_renamed_and_retired()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");
        using SignedInClient carl = await portal.SignInAsync("carl");
        string page = $"/models/hmda_biased/versions/1/performance?cohort={Uri.EscapeDataString(Where)}";
        string save = $"{List}?save={Uri.EscapeDataString(Where)}&from={Uri.EscapeDataString(page)}";

        IHtmlDocument form = await rita.GetAsync(save);
        Assert.Equal(Where, Assert.IsAssignableFrom<IHtmlInputElement>(form.QuerySelector("#cohort-where")).Value);
        IHtmlDocument bad = await rita.SubmitAsync(save, "#cohort-name", ("Form.Name", "High ratios"), ("Form.Where", "lvrat >"));
        Assert.Contains("position 8", bad.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        IHtmlDocument kept = await rita.SubmitAsync(save, "#cohort-name", ("Form.Name", "High ratios"), ("Form.Note", "For the meeting."));
        Assert.Equal(page, rita.Address);

        Assert.Contains("Saved as High ratios", kept.QuerySelector(".saved-menu summary")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await carl.GetAsync(page)).QuerySelector(".saved-menu"));
        Assert.DoesNotContain("High ratios", (await carl.GetAsync(List)).Body!.TextContent, StringComparison.Ordinal);

        await StepAsync(rita, "Shared");
        IElement row = (await carl.GetAsync(List)).QuerySelectorAll("tbody tr").Single(each => each.TextContent.Contains("High ratios", StringComparison.Ordinal));
        Assert.Contains("all who see the model", row.TextContent, StringComparison.Ordinal);
        Assert.Null(row.QuerySelector("form")); // not carl's to change
        Assert.DoesNotContain("%", row.QuerySelector("td.num")!.TextContent, StringComparison.Ordinal); // he is told no number that was not asked for
        string link = (await carl.GetAsync("/models/hmda_biased/versions/1/error-map?down=lvrat")).QuerySelector(".saved-list a")!.GetAttribute("href")!;
        Assert.StartsWith("/models/hmda_biased/versions/1/error-map?", link, StringComparison.Ordinal);
        Assert.Contains($"cohort={Uri.EscapeDataString(Where)}", link, StringComparison.Ordinal);
        Assert.Contains("down=lvrat", link, StringComparison.Ordinal);

        await StepAsync(rita, "Renamed", "Loans above value");
        Assert.Contains("Loans above value", (await carl.GetAsync(page)).QuerySelector(".saved-menu summary")!.TextContent, StringComparison.Ordinal);
        await StepAsync(rita, "Retired");
        Assert.Null((await carl.GetAsync(page)).QuerySelector(".saved-menu"));
        Assert.Contains("retired", (await rita.GetAsync(List)).QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bar_leads_to_saving_what_is_shown()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");
        const string Page = "/models/hmda_biased/versions/1/performance?cohort=lvrat%20%3E%200.8";
        string link = (await rita.GetAsync(Page)).QuerySelectorAll(".cohort-tools a").Single(each => each.TextContent.Contains("Save this cohort", StringComparison.Ordinal)).GetAttribute("href")!;

        IHtmlDocument form = await rita.GetAsync(link);

        Assert.Equal("lvrat > 0.8", Assert.IsAssignableFrom<IHtmlInputElement>(form.QuerySelector("#cohort-where")).Value);
        Assert.Contains(form.QuerySelectorAll("a"), back => back.GetAttribute("href") == Page);
    }

    [Fact]
    public async Task Whoever_runs_no_audits_reads_the_list_and_saves_nothing()
    {
        IHtmlDocument page = await (await portal.SignInAsync("aude")).GetAsync($"{List}?save=lvrat");

        Assert.Null(page.QuerySelector("#cohort-name"));
        Assert.Contains("does not compute figures", page.Body!.TextContent, StringComparison.Ordinal);
    }

    // A masked column is refused in words when somebody else's cohort names it.
    [Fact]
    public async Task A_saved_condition_on_a_masked_column_says_so_in_the_list()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");
        await dev.SubmitAsync("/models/hmda_fair/cohorts", "#cohort-name", ("Form.Name", "Masked"), ("Form.Where", "afam = 'yes'"), ("Form.Share", "true"));

        IHtmlDocument page = await (await portal.SignInAsync("rita")).GetAsync("/models/hmda_fair/cohorts");
        Assert.Contains("The column 'afam' is masked for your role", page.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
    }

    // The part that one looks at goes along to the neighbouring pages and stays when other evidence is chosen.
    [Theory]
    [InlineData("performance", "cut-offs", "fairness", "explain")]
    [InlineData("fairness", "flips", "performance", "explain")]
    [InlineData("explain", "instances", "performance", "fairness")]
    public async Task Links_and_forms_carry_the_cohort(string tab, params string[] neighbours)
    {
        IHtmlDocument page = await (await portal.SignInAsync("rita")).GetAsync($"/models/hmda_biased/versions/1/{tab}?cohort=lvrat%20%3E%200.7");

        Assert.All(neighbours, neighbour => Assert.Contains(
            page.QuerySelectorAll("nav a").Select(link => link.GetAttribute("href")),
            href => href == $"/models/hmda_biased/versions/1/{neighbour}?cohort=lvrat%20%3E%200.7"));
        Assert.Contains(page.QuerySelectorAll("nav a"), link => link.GetAttribute("href") == "/models/hmda_biased/versions/1/history");
        Assert.Equal("lvrat > 0.7", page.QuerySelector("form[aria-label=Evidence] input[name=cohort]")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData("mitigation")]
    [InlineData("counterfactuals")]
    [InlineData("what-if")]
    public async Task A_page_that_takes_no_cohort_says_why(string tab)
    {
        IHtmlDocument page = await (await portal.SignInAsync("rita")).GetAsync($"/models/hmda_biased/versions/1/{tab}?cohort=lvrat%20%3E%200.7");

        Assert.Contains("The cohort lvrat > 0.7 is not applied here:", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("#cohort"));
    }

    [Theory]
    [InlineData("flips")]
    [InlineData("error-map")]
    [InlineData("slices")]
    [InlineData("error-tree")]
    [InlineData("robustness")]
    [InlineData("importance")]
    [InlineData("effects")]
    public async Task A_page_that_computes_from_rows_says_on_which(string tab)
    {
        using SignedInClient rita = await portal.SignInAsync("rita");
        IHtmlDocument page = await rita.GetAsync($"/models/hmda_biased/versions/1/{tab}?cohort=lvrat%20%3E%200.7");
        IHtmlDocument refused = await rita.GetAsync($"/models/hmda_biased/versions/1/{tab}?cohort=afam%20%3D%20'yes'");

        Assert.Contains("Computed now on n = ", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("masked for your role", refused.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Computed now", refused.Body!.TextContent, StringComparison.Ordinal);
    }

    private static async Task StepAsync(SignedInClient client, string kind, string? called = null)
    {
        string field = $".saved-steps input[name=kind][value={kind}]";
        IHtmlDocument after = called is null ? await client.SubmitAsync(List, field) : await client.SubmitAsync(List, field, ("called", called));
        Assert.Null(after.QuerySelector(".note[role=alert]"));
    }
}
