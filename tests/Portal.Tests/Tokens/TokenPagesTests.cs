using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Tokens;

/// <summary>The pages of tokens and service accounts, as people use them.</summary>
[Collection(PortalTests.Name)]
public sealed class TokenPagesTests(SamplePortal portal)
{
    [Fact]
    public async Task A_consumer_makes_a_token_sees_it_once_and_revokes_it()
    {
        using SignedInClient coen = await portal.SignInAsync("coen");

        IHtmlDocument made = await coen.SubmitAsync("/account/tokens", "#token-name", ("Form.Name", "scoring of loans"), ("Form.Predict", "true"));
        string token = made.QuerySelector("#new-token")!.TextContent;
        Assert.True(TokenText.Fits(token));
        Assert.Equal(token, made.QuerySelector("[data-copy]")!.GetAttribute("data-copy"));
        Assert.DoesNotContain(token, (await coen.GetAsync("/account/tokens")).Body!.TextContent, StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.Unauthorized, await StatusAsync(token));

        IElement line = RowOf(await coen.GetAsync("/account/tokens"), "scoring of loans");
        Assert.Contains("predict", line.TextContent, StringComparison.Ordinal);
        Assert.Contains(token[..8], line.TextContent, StringComparison.Ordinal);
        IHtmlDocument after = await coen.SubmitAsync("/account/tokens", SelectorOf(line.QuerySelector("button")!));

        Assert.Contains("revoked", RowOf(after, "scoring of loans").TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(token));
    }

    [Fact]
    public async Task What_an_administrator_offers_its_person_collects_and_the_administrator_never_sees()
    {
        using SignedInClient ada = await portal.SignInAsync("ada");
        using SignedInClient dev = await portal.SignInAsync("dev");

        IHtmlDocument offered = await ada.SubmitAsync(
            "/admin/tokens", "#token-name", ("Form.Account", portal["dev"].ToString()), ("Form.Name", "uploads of dev"), ("Form.Register", "true"));
        Assert.Null(offered.QuerySelector("#new-token"));
        IElement line = RowOf(await dev.GetAsync("/account/tokens"), "uploads of dev");
        IHtmlDocument collected = await dev.SubmitAsync("/account/tokens", SelectorOf(line.QuerySelector("button")!));

        Assert.True(TokenText.Fits(collected.QuerySelector("#new-token")!.TextContent));
        Assert.Contains("valid", RowOf(await ada.GetAsync("/admin/tokens"), "uploads of dev").TextContent, StringComparison.Ordinal);
        Assert.Null(collected.QuerySelector("#token-name")); // dev makes none of their own
    }

    [Fact]
    public async Task A_service_account_is_added_answered_for_and_turned_off()
    {
        using SignedInClient ada = await portal.SignInAsync("ada");
        using SignedInClient rita = await portal.SignInAsync("rita");

        IHtmlDocument added = await ada.SubmitAsync(
            "/admin/service-accounts", "#service-name", ("Form.Name", "batch-job"), ("Form.DisplayName", "Batch job"), ("Form.Owner", portal["rita"].ToString()));
        Assert.Contains("Rita Sample", RowOf(added, "batch-job").TextContent, StringComparison.Ordinal);
        IHtmlDocument made = await rita.SubmitAsync("/account/tokens", "#token-name", ("Form.Name", "batch"), ("Form.Predict", "true"));
        string token = made.QuerySelector("#new-token")!.TextContent;
        Assert.NotEqual(HttpStatusCode.Unauthorized, await StatusAsync(token));

        IHtmlDocument off = await ada.SubmitAsync(
            "/admin/service-accounts", SelectorOf(RowOf(added, "batch-job").QuerySelector("button")!));

        Assert.Contains("deactivated", RowOf(off, "batch-job").TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(token));
    }

    [Fact]
    public async Task A_wish_that_no_rule_allows_is_refused_in_the_form()
    {
        using SignedInClient coen = await portal.SignInAsync("coen");

        IHtmlDocument noScope = await coen.SubmitAsync("/account/tokens", "#token-name", ("Form.Name", "idle"));
        IHtmlDocument another = await coen.SubmitAsync(
            "/account/tokens", "#token-name", ("Form.Name", "as dev"), ("Form.Predict", "true"), ("Form.Account", portal["dev"].ToString()));

        Assert.Contains("at least one", noScope.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("not yours", another.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(await portal.Services.GetRequiredService<TokenQueries>().OfAsync(portal["dev"], default), view => view.Token.Name == "as dev");
    }

    [Theory]
    [InlineData("/admin/tokens")]
    [InlineData("/admin/service-accounts")]
    [InlineData("/admin/sign-in")]
    public async Task Only_administrators_reach_the_lists_of_all(string path)
    {
        foreach (string user in (string[])["dev", "rita", "carl", "aude", "otto", "coen"])
        {
            using SignedInClient client = await portal.SignInAsync(user);
            Assert.DoesNotContain("Administration", (await client.GetAsync(path)).Body!.TextContent, StringComparison.Ordinal);
        }

        using SignedInClient ada = await portal.SignInAsync("ada");
        Assert.Contains("Administration", (await ada.GetAsync(path)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_account_signs_in_with_no_password()
    {
        await using AsyncServiceScope scope = portal.Services.CreateAsyncScope();
        AddUserOutcome added = await scope.ServiceProvider.GetRequiredService<Governance.Registry.ServiceAccounts.AddServiceAccount>().RunAsync(
            Actor.System, new("robot", "Robot", portal["dev"], new HashSet<Role> { Role.Consumer }), default);
        Assert.IsType<AddUserOutcome.Added>(added);
        foreach (string password in (string[])["correct horse battery", " "])
        {
            using SignedInClient robot = new(portal.Address);
            IHtmlDocument page = await robot.SubmitAsync("/accounts/sign-in", "#password", ("Form.Name", "robot"), ("Form.Password", password));
            Assert.NotNull(page.QuerySelector("#password"));
        }
    }

    private async Task<HttpStatusCode> StatusAsync(string token)
    {
        using HttpClient client = new() { BaseAddress = portal.Address };
        using HttpRequestMessage request = new(HttpMethod.Get, "/api/v1/uploads");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return (await client.SendAsync(request)).StatusCode; // 403 where the scope is another: it was known
    }

    private static IElement RowOf(IHtmlDocument page, string name) =>
        page.QuerySelectorAll("tbody tr").First(row => row.QuerySelector("th")!.TextContent == name);

    private static string SelectorOf(IElement button) =>
        $"input[value='{button.Closest("form")!.QuerySelector("input[name=_handler]")!.GetAttribute("value")}']";
}
