using System.Net;
using AngleSharp.Html.Dom;

namespace Governance.Portal.Tests.Mitigations;

/// <summary>The page without script: what may be chosen, by whom; the island computes it in the browser.</summary>
[Collection(PortalTests.Name)]
public sealed class MitigationPageTests(SamplePortal portal)
{
    private const string Page = "/models/hmda_biased/versions/1/mitigation";

    [Fact]
    public async Task The_fairness_tab_leads_to_the_choices_that_stand_in_the_address()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");

        IHtmlDocument fairness = await rita.GetAsync("/models/hmda_biased/versions/1/fairness");
        IHtmlDocument page = await rita.GetAsync($"{Page}?of=afam,single&by=deterministic&alike=equalized-odds&keep=nonsense");

        Assert.Contains(fairness.Links, link => link.GetAttribute("href") == Page);
        Assert.Equal(["afam", "single", "afam,single"], page.QuerySelectorAll("#of option").Select(option => option.GetAttribute("value")));
        Assert.Equal(
            ["afam,single", "deterministic", "equalized-odds", "accuracy"],
            ((string[])["#of", "#by", "#alike", "#keep"]).Select(select => Assert.IsAssignableFrom<IHtmlSelectElement>(page.QuerySelector(select)).Value));
    }

    [Theory]
    [InlineData("aude")]
    [InlineData("ada")]
    [InlineData("coen")]
    public async Task Whoever_runs_no_audits_computes_nothing(string user)
    {
        using SignedInClient client = await portal.SignInAsync(user);

        Assert.True(await client.StatusAsync(Page) == HttpStatusCode.NotFound || (await client.GetAsync(Page)).QuerySelector("#by") is null);
    }
}
