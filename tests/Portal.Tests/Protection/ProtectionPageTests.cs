using AngleSharp.Html.Dom;
using Governance.Registry.Evidence;
using Governance.Registry.Versions;
using Governance.Tests;

namespace Governance.Portal.Tests.Protection;

[Collection(PortalTests.Name)]
public sealed class ProtectionPageTests(SamplePortal portal)
{
    private const string Page = "/models/hmda_biased/versions/1/protection";

    [Fact]
    public async Task A_red_team_is_sent_from_the_page_and_its_evidence_fills_page_and_checklist()
    {
        ModelVersionId version = await portal.RegisterAsync("theft_probe", "hmda_logreg");
        const string Own = "/models/theft_probe/versions/1/protection";
        using SignedInClient rita = await portal.SignInAsync("rita");
        IHtmlDocument before = await rita.GetAsync(Own);

        await rita.SubmitAsync(Own, "#red-team-days", ("Form.Roles", "consumer"), ("Form.Attacks", "equation"));
        EvidenceRecord record = await portal.Services.SealedAsync(runs => runs.Where(run => run.Version == version && run.Title == "Red team on theft_probe v1"));
        IHtmlDocument page = await rita.GetAsync(Own);
        IHtmlDocument signOff = await rita.GetAsync("/models/theft_probe/versions/1/sign-off");
        IHtmlDocument overview = await rita.GetAsync("/models/theft_probe/versions/1/overview");

        Assert.Contains("No red team has tried to copy this version yet", before.Body!.TextContent, StringComparison.Ordinal);
        Assert.True(record.Decides);
        Assert.Contains("Within 30 days a consumer can build a copy that decides", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("gov-plot[name=red-team]"));
        Assert.Contains("A linear model: its answers are the model", page.Body.TextContent, StringComparison.Ordinal);
        Assert.Contains("budget of linear models", page.Body.TextContent, StringComparison.Ordinal);
        Assert.Contains("Extraction and membership risk", signOff.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("No limit is set.", signOff.Body.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("No sealed evidence", overview.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_each_role_gets_and_what_it_costs_stands_on_the_page()
    {
        using SignedInClient aude = await portal.SignInAsync("aude");

        IHtmlDocument page = await aude.GetAsync(Page);

        Assert.Contains("One person or program has 200 units a day and 500 in all", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("one decimal, 2 units", page.Body.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("#red-team-days"));
    }

    [Fact]
    public async Task A_model_is_stopped_with_a_reason_and_opened_again_by_its_owner()
    {
        using SignedInClient carl = await portal.SignInAsync("carl");
        using SignedInClient dev = await portal.SignInAsync("dev");

        IHtmlDocument unsaid = await carl.SubmitAsync(Page, "#throttle-to", ("Form.To", "Stopped"));
        IHtmlDocument stopped = await carl.SubmitAsync(Page, "#throttle-to", ("Form.To", "Stopped"), ("Form.Reason", "A copy is for sale."));
        IHtmlDocument opened = await dev.SubmitAsync(Page, "#throttle-to", ("Form.To", "Open"), ("Form.Reason", "It was another model."));

        Assert.Contains("Say why", unsaid.QuerySelector(".note")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("The model is stopped: no answers", stopped.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("The model answers within its output policy", opened.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_role_or_an_attack_nothing_is_sent()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");

        IHtmlDocument page = await dev.SubmitAsync(Page, "#red-team-days", ("Form.Roles", ""), ("Form.Attacks", "bribery"));

        Assert.Contains("Choose", page.QuerySelector(".note")!.TextContent, StringComparison.Ordinal);
    }
}
