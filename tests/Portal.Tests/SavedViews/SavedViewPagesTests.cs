using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Governance.Portal.Features.Models;

namespace Governance.Portal.Tests.SavedViews;

/// <summary>Views that a person keeps of the table of models.</summary>
[Collection(PortalTests.Name)]
public sealed class SavedViewPagesTests(SamplePortal portal)
{
    private const string View = "/models?tier=High&lens=health&sort=-model";

    [Fact]
    public async Task A_view_is_kept_offered_opened_and_removed_and_nobody_else_sees_it()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");
        using SignedInClient carl = await portal.SignInAsync("carl");

        Assert.Null((await rita.GetAsync("/models")).QuerySelector(".saved-views")); // nothing to keep, and nothing kept
        IHtmlDocument kept = await rita.SubmitAsync(View, "#view-name", ("called", "High risk"));

        string address = ModelView.Of(View).Address;
        Assert.Equal(address, rita.Address);
        Assert.Contains("View: High risk", kept.QuerySelector(".saved-views summary")!.TextContent, StringComparison.Ordinal);
        Assert.Null(kept.QuerySelector("#view-name")); // it is kept already
        IHtmlDocument list = await rita.GetAsync("/models");
        IElement offered = list.QuerySelector(".saved-views li")!;
        Assert.Equal(address, offered.QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal("Health · tier High · by model, descending", offered.QuerySelector("small")!.TextContent);
        Assert.Null((await carl.GetAsync("/models")).QuerySelector(".saved-views"));

        IHtmlDocument after = await rita.SubmitAsync("/models", ".saved-views li button");
        Assert.Null(after.QuerySelector(".saved-views"));
    }

    [Fact]
    public async Task A_view_without_a_name_is_refused_in_words()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");

        IHtmlDocument page = await rita.SubmitAsync("/models?tier=High", "#view-name", ("called", " "));

        Assert.Contains("Give the view a name", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "/models", "Governance")]
    [InlineData("?lens=none&other=1", "/models", "Governance")]
    [InlineData("?q=+fair+&stage=InReview", "/models?q=fair&stage=InReview", "Governance · “fair” · In review")]
    public void An_address_has_one_spelling_and_words(string query, string address, string words)
    {
        ModelView view = ModelView.Of(query);

        Assert.Equal((address, words), (view.Address, view.Words));
        Assert.Equal(view, ModelView.Of(view.Address));
    }
}
