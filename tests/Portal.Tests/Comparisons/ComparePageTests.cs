using AngleSharp.Html.Dom;

namespace Governance.Portal.Tests.Comparisons;

[Collection(PortalTests.Name)]
public sealed class ComparePageTests(SamplePortal portal)
{
    [Fact]
    public async Task The_model_page_leads_to_a_form_and_the_form_to_a_comparison()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");

        IHtmlDocument model = await dev.GetAsync("/models/hmda_fair");
        IHtmlDocument form = await dev.GetAsync("/models/hmda_fair/comparisons");
        IHtmlDocument page = await dev.GetAsync("/models/hmda_fair/comparisons?a=hmda_biased/1&b=hmda_fair/1&data=hmda-test&go=1");

        Assert.NotNull(model.QuerySelector("a[href='/models/hmda_fair/comparisons']"));
        Assert.Equal("hmda_fair/1", Assert.IsAssignableFrom<IHtmlSelectElement>(form.QuerySelector("#b")).Value);
        Assert.Null(form.QuerySelector("#differences"));
        Assert.Equal("hmda_biased v1 against hmda_fair v1", page.QuerySelector("#differences")!.TextContent);
        Assert.Contains("rows are decided differently", page.QuerySelector("#flips")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(page.QuerySelectorAll("section[aria-labelledby=flips] th[scope=row]"), head => head.TextContent == "afam = yes");
        Assert.Contains(page.QuerySelectorAll("section[aria-labelledby=differences] th[scope=row]"), head => head.TextContent == "ROC AUC");
    }

    [Fact]
    public async Task A_consumer_sees_no_comparison() =>
        Assert.Equal(System.Net.HttpStatusCode.NotFound, await StatusAsync("coen"));

    private async Task<System.Net.HttpStatusCode> StatusAsync(string user)
    {
        using SignedInClient client = await portal.SignInAsync(user);
        return await client.StatusAsync("/models/hmda_fair/comparisons");
    }
}
