using AngleSharp.Html.Dom;
using System.Net;

namespace Governance.Portal.Tests.Ensembles;

[Collection(PortalTests.Name)]
public sealed class NewEnsemblePageTests(SamplePortal portal)
{
    private const string Page = "/models/hmda_biased/ensembles/new";

    [Fact]
    public async Task A_developer_chooses_members_and_a_combination_and_is_told_what_cannot_be()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");

        IHtmlDocument form = await dev.GetAsync(Page);
        IHtmlDocument answer = await dev.SubmitAsync(Page, "#combination", ("Form.Members", "hmda_biased/1"), ("Form.Combination", "Average"));

        Assert.Contains(form.QuerySelectorAll("input[name='Form.Members']"), box => box.GetAttribute("value") == "hmda_fair/1");
        Assert.Contains("hmda-test", form.QuerySelectorAll("#ensemble-data option").Select(option => option.GetAttribute("value")));
        Assert.Contains("at least two members", answer.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_register_versions_does_not_find_the_page()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");
        using SignedInClient dev = await portal.SignInAsync("dev");

        Assert.Equal(HttpStatusCode.NotFound, await rita.StatusAsync(Page));
        Assert.Null((await rita.GetAsync("/models/hmda_biased")).QuerySelector($"a[href='{Page}']"));
        Assert.NotNull((await dev.GetAsync("/models/hmda_biased")).QuerySelector($"a[href='{Page}']"));
    }
}
