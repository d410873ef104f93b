using AngleSharp.Html.Dom;

namespace Governance.Portal.Tests.Retention;

[Collection(PortalTests.Name)]
public sealed class RetentionPagesTests(SamplePortal portal)
{
    [Fact]
    public async Task An_approver_holds_a_model_with_a_reason_and_releases_it()
    {
        await portal.RegisterAsync("held", "hmda_fair");
        using SignedInClient carl = await portal.SignInAsync("carl");

        IHtmlDocument held = await carl.SubmitAsync("/models/held", "#hold-reason", ("Hold.Reason", "A suit is pending."));
        IHtmlDocument released = await carl.SubmitAsync("/models/held", "[id^=release-]", ("Release.Reason", "It ended."));

        Assert.Contains("A suit is pending.", held.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Carl Sample", held.QuerySelector("[aria-labelledby=retention]")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("A suit is pending.", released.QuerySelector("[aria-labelledby=retention]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operator_chooses_how_long_a_data_set_is_kept_and_retires_it()
    {
        using SignedInClient otto = await portal.SignInAsync("otto");

        IHtmlDocument chosen = await otto.SubmitAsync(
            "/datasets/hmda-train", "#retention-class", ("Choice.Class", "regulated"), ("Choice.Reason", "It is a high-risk system's."));
        IHtmlDocument retired = await otto.SubmitAsync("/datasets/hmda-train", "#retire-reason", ("Retire.Reason", "Replaced."));
        IHtmlDocument back = await otto.SubmitAsync("/datasets/hmda-train", "#retire-reason", ("Retire.Reason", "Needed again."));

        Assert.Contains("10 years", chosen.QuerySelector("[aria-labelledby=retention]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Kept until", retired.QuerySelector("[aria-labelledby=retention]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("in use", back.QuerySelector("[aria-labelledby=retention]")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dev", 0, 0)]
    [InlineData("rita", 0, 0)]
    [InlineData("aude", 0, 0)]
    [InlineData("carl", 1, 0)]
    [InlineData("otto", 1, 1)]
    public async Task The_forms_are_shown_to_whom_may_use_them(string user, int hold, int choose)
    {
        using SignedInClient client = await portal.SignInAsync(user);

        IHtmlDocument page = await client.GetAsync("/models/hmda_biased");

        Assert.NotNull(page.QuerySelector("#retention"));
        Assert.Equal((hold, choose), (page.QuerySelectorAll("#hold-reason").Length, page.QuerySelectorAll("#retention-class").Length));
    }
}
