using System.Net;
using AngleSharp.Html.Dom;

namespace Governance.Portal.Tests.Versions;

[Collection(PortalTests.Name)]
public sealed class VersionPagesTests(SamplePortal portal)
{
    public static TheoryData<string> Tabs => ["overview", "explain", "fairness", "performance", "evidence", "sign-off", "history"];

    [Theory]
    [MemberData(nameof(Tabs))]
    public async Task Every_tab_has_one_h1_a_title_and_no_repeated_id(string tab)
    {
        using SignedInClient rita = await portal.SignInAsync("rita");

        IHtmlDocument page = await rita.GetAsync($"/models/hmda_biased/versions/1/{tab}");

        Assert.Equal("hmda_biased v1", Assert.Single(page.QuerySelectorAll("h1")).TextContent);
        Assert.EndsWith("hmda_biased v1 · Governance", page.Title, StringComparison.Ordinal);
        string?[] ids = [.. page.QuerySelectorAll("[id]").Select(element => element.Id)];
        Assert.Equal(ids.Distinct(), ids);
    }

    [Theory]
    [MemberData(nameof(Tabs))]
    public async Task Outside_a_grant_a_version_does_not_exist(string tab)
    {
        using SignedInClient ada = await portal.SignInAsync("ada");

        Assert.Equal(HttpStatusCode.NotFound, await ada.StatusAsync($"/models/hmda_biased/versions/1/{tab}"));
    }
}
