using AngleSharp.Html.Dom;
using Governance.Registry.Policies;

namespace Governance.Portal.Tests.Policies;

[Collection(PortalTests.Name)]
public sealed class PolicyPagesTests(SamplePortal portal)
{
    [Fact]
    public async Task Everyone_reads_the_packs_and_only_those_who_may_propose_are_offered_forms()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");
        using SignedInClient carl = await portal.SignInAsync("carl");

        IHtmlDocument forDev = await dev.GetAsync("/policies");
        IHtmlDocument forCarl = await carl.GetAsync("/policies");

        Assert.Contains("default 3", forDev.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("ll144 1", forDev.Body.TextContent, StringComparison.Ordinal);
        Assert.Null(forDev.QuerySelector("#yaml"));
        Assert.NotNull(forCarl.QuerySelector("#yaml"));
        IHtmlDocument pack = await dev.GetAsync("/policies/default/2");
        Assert.Contains("29 CFR 1607.4(D)", pack.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("25 lines", pack.Body.TextContent, StringComparison.Ordinal);
        Assert.Contains("It sets no limit: it reports", (await dev.GetAsync("/policies/ll144/1")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pack_that_cannot_be_read_is_refused_with_its_place_and_a_good_one_is_shown()
    {
        using SignedInClient carl = await portal.SignInAsync("carl");
        string good = BuiltInPacks.Find("four-fifths", 1)!.Text.Replace("name: four-fifths", "name: my-fifths", StringComparison.Ordinal);

        IHtmlDocument refused = await carl.SubmitAsync("/policies", "#yaml", ("Text.Yaml", good.Replace("atLeast:", "atleast:", StringComparison.Ordinal)));
        Assert.Contains("did you mean 'atLeast'?", refused.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("line ", refused.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);

        IHtmlDocument shown = await carl.SubmitAsync("/policies", "#yaml", ("Text.Yaml", good));
        Assert.Contains("my-fifths 1", shown.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_if_shows_verdicts_now_and_then_and_what_lacks()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");

        IHtmlDocument same = await dev.GetAsync("/policies/default/2/what-if");
        IHtmlDocument law = await dev.GetAsync("/policies/ll144/1/what-if");

        Assert.Contains("No version would breach a limit that it keeps now", same.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("impact ratio", same.Body.TextContent, StringComparison.Ordinal);
        Assert.Contains("reported in sealed evidence", law.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("sets no limit", law.Body.TextContent, StringComparison.Ordinal); // it stands beside the base
    }
}
