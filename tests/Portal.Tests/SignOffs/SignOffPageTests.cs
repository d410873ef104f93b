using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Governance.Portal.Tests.SignOffs;

[Collection(PortalTests.Name)]
public sealed class SignOffPageTests(SamplePortal portal)
{
    [Fact]
    public async Task Three_people_take_a_version_to_approved_and_history_shows_each_step()
    {
        await portal.RegisterAsync("journey", "hmda_fair");
        using SignedInClient dev = await portal.SignInAsync("dev");
        using SignedInClient rita = await portal.SignInAsync("rita");
        using SignedInClient carl = await portal.SignInAsync("carl");
        const string Page = "/models/journey/versions/1/sign-off";

        await dev.SubmitAsync(Page, "#rationale", ("Form.Rationale", "The first one."));
        await rita.SubmitAsync(Page, "#rationale", ("Form.Choice", "Reviewed"), ("Form.Rationale", "Looked at every finding."));
        IHtmlDocument after = await carl.DecideAsync(Page, "Approve");

        Assert.Equal("Approved", after.QuerySelector("[aria-current=step] b")!.TextContent.Trim());
        Assert.Contains("Signed, 1 of 1 approval", after.Body!.TextContent, StringComparison.Ordinal);
        string history = (await carl.GetAsync("/models/journey/versions/1/history")).QuerySelector("ol.timeline")!.TextContent;
        string[] steps = ["Version registered", "Evidence sealed", "Submitted for review, by Dev Sample", "Review signed, by Rita Sample", "Decision signed, by Carl Sample", "Dossier of the decision sealed, by Carl Sample", "Approved, by Carl Sample"];
        Assert.All(steps, step => Assert.Contains(step, history, StringComparison.Ordinal));
        string sealing = "";
        for (int look = 0; look < 60 && !sealing.Contains("final: a signed checkpoint", StringComparison.Ordinal); look++)
        {
            await Task.Delay(500); // decisions are sealed at once, beside the request
            sealing = (await carl.GetAsync(Page)).Body!.TextContent;
        }

        Assert.Contains("final: a signed checkpoint that covers the decision lies outside the database", sealing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_author_is_refused_in_words()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");
        await portal.RegisterAsync("own-work", "hmda_fair");
        await dev.SubmitAsync("/models/own-work/versions/1/sign-off", "#rationale");

        IHtmlDocument page = await dev.GetAsync("/models/own-work/versions/1/sign-off");

        Assert.Contains(
            "You are the author of this version, so you cannot sign it off. Ask a compliance approver who did not build or review it.",
            page.QuerySelector(".decide")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector(".decide #rationale"));
    }

    [Fact]
    public async Task A_sign_off_needs_a_rationale()
    {
        await portal.RegisterAsync("silent", "hmda_fair");
        using SignedInClient dev = await portal.SignInAsync("dev");
        using SignedInClient rita = await portal.SignInAsync("rita");
        await dev.SubmitAsync("/models/silent/versions/1/sign-off", "#rationale");

        IHtmlDocument answer = await rita.SubmitAsync("/models/silent/versions/1/sign-off", "#rationale", ("Form.Choice", "Reviewed"));

        Assert.Contains("Say why: the rationale is kept with the sign-off.", answer.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("In review", answer.QuerySelector("[aria-current=step] b")!.TextContent.Trim());
        Assert.Contains("Nobody has signed anything", answer.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_signer_saw_is_what_the_hidden_field_says()
    {
        await portal.RegisterAsync("stale", "hmda_fair");
        using SignedInClient dev = await portal.SignInAsync("dev");
        using SignedInClient rita = await portal.SignInAsync("rita");
        await dev.SubmitAsync("/models/stale/versions/1/sign-off", "#rationale");

        IHtmlDocument answer = await rita.SubmitAsync(
            "/models/stale/versions/1/sign-off", "#rationale",
            ("Form.Choice", "Reviewed"), ("Form.Rationale", "Fine."), ("Form.SeenEvidence", new string('0', 64)));

        IElement alert = answer.QuerySelector("[role=alert]")!;
        Assert.Contains("The evidence changed since you opened the page.", alert.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_approval_before_a_review_is_not_offered()
    {
        await portal.RegisterAsync("early", "hmda_fair");
        using SignedInClient dev = await portal.SignInAsync("dev");
        using SignedInClient carl = await portal.SignInAsync("carl");
        await dev.SubmitAsync("/models/early/versions/1/sign-off", "#rationale");

        await carl.ConfirmSignatureAsync("/models/early/versions/1/sign-off");
        IHtmlDocument page = await carl.GetAsync("/models/early/versions/1/sign-off");

        IHtmlInputElement approve = Assert.IsAssignableFrom<IHtmlInputElement>(page.QuerySelector("input[value=Approve]"));
        Assert.True(approve.IsDisabled);
        Assert.Contains("It needs a review before an approval.", approve.Closest("label")!.TextContent, StringComparison.Ordinal);
    }
}
