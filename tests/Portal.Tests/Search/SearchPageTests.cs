using AngleSharp.Html.Dom;

namespace Governance.Portal.Tests.Search;

[Collection(PortalTests.Name)]
public sealed class SearchPageTests(SamplePortal portal)
{
    [Fact]
    public async Task A_search_finds_models_versions_and_data_sets_of_who_asks()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");

        IHtmlDocument page = await rita.GetAsync("/search?q=HMDA");

        Assert.Contains("/models/hmda_fair", Addresses(page));
        Assert.Contains("/models/hmda_fair/versions/1/overview", Addresses(page));
        Assert.Contains("/datasets/hmda-test", Addresses(page));
        Assert.Contains("things fit “HMDA”", page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("/models/hmda_biased/versions/1/overview", Addresses(await rita.GetAsync("/search?q=hmda_biased/1")));
        Assert.Contains(Addresses(await rita.GetAsync("/search?q=Dev+Sample")), address => address.StartsWith("/models?q=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_consumer_finds_names_alone_and_an_administrator_accounts()
    {
        using SignedInClient coen = await portal.SignInAsync("coen");
        using SignedInClient ada = await portal.SignInAsync("ada");

        string[] found = Addresses(await coen.GetAsync("/search?q=hmda"));
        Assert.NotEmpty(found);
        Assert.All(found, address => Assert.Matches("^/models/[a-z_0-9-]+$", address));
        Assert.Contains("/admin/users/rita", Addresses(await ada.GetAsync("/search?q=rita")));
        Assert.Empty(Addresses(await coen.GetAsync("/search?q=rita")));
    }

    [Fact]
    public async Task Nothing_found_and_nothing_asked_say_what_to_do()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");

        Assert.Contains("Nothing that you see fits", (await rita.GetAsync("/search?q=no-such-thing-at-all")).QuerySelector(".state")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull((await rita.GetAsync("/search")).QuerySelector(".state"));
    }

    [Fact]
    public async Task Every_page_has_the_keys_the_search_and_the_state_of_a_lost_connection()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");

        IHtmlDocument page = await rita.GetAsync("/");

        Assert.Equal("/search", page.QuerySelector("header form.search")!.GetAttribute("action"));
        string[] keys = [.. page.QuerySelectorAll("nav [data-go]").Select(link => link.GetAttribute("data-go")!)];
        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Contains("m", keys);
        Assert.All(keys, key => Assert.Contains(page.QuerySelectorAll("#keys dt"), term => term.TextContent == "g" + key));
        Assert.NotNull(page.QuerySelector("dialog#components-reconnect-modal h2"));
        Assert.NotNull(page.QuerySelector("#busy[role=status]"));
    }

    [Fact]
    public async Task How_close_rows_stand_is_kept_and_drawn_by_the_server()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");
        Assert.Null((await rita.GetAsync("/models")).DocumentElement.GetAttribute("data-density"));

        IHtmlDocument compact = await rita.SubmitAsync("/models", "button[name=density]", ("density", "compact"));

        Assert.Equal("compact", compact.DocumentElement.GetAttribute("data-density"));
        Assert.Equal("true", compact.QuerySelector("button[value=compact]")!.GetAttribute("aria-pressed"));
        Assert.Null((await rita.SubmitAsync("/models", "button[name=density]", ("density", "roomy"))).DocumentElement.GetAttribute("data-density"));
    }

    private static string[] Addresses(IHtmlDocument page) => [.. page.QuerySelectorAll(".hits a").Select(link => link.GetAttribute("href")!)];
}
