using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Governance.Portal.Tests.Accounts;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Tokens;

public sealed class TokenApiTests(TokenServer portal) : IClassFixture<TokenServer>
{
    private const string Predict = "/api/v1/probe/models/credit/predict";

    [Fact]
    public async Task A_token_with_the_scope_is_let_in_as_its_account_and_changes_need_no_antiforgery_token()
    {
        (_, string token) = await portal.IssueAsync(TokenScope.Predict);

        HttpResponseMessage get = await portal.AskAsync($"Bearer {token}", Predict);
        HttpResponseMessage post = await portal.AskAsync($"bearer {token}", Predict, HttpMethod.Post);

        Assert.Equal("coen", await get.Content.ReadAsStringAsync());
        Assert.Equal("coen", await post.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Without_one_a_program_learns_how_to_say_who_it_is()
    {
        HttpResponseMessage response = await portal.AskAsync(null, Predict);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        Assert.Equal("no-session", await CodeAsync(response));
    }

    [Theory]
    [InlineData("Bearer gov_mistyped")]
    [InlineData("Bearer ")]
    [InlineData("Basic Z292Og==")]
    public async Task What_is_no_token_is_refused(string header)
    {
        HttpResponseMessage response = await portal.AskAsync(header, Predict);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("invalid_token", response.Headers.WwwAuthenticate.ToString());
        Assert.Equal("invalid-token", await CodeAsync(response));
    }

    [Fact]
    public async Task A_revoked_token_is_refused_at_its_next_request()
    {
        (ApiToken token, string text) = await portal.IssueAsync(TokenScope.Predict);
        Assert.Equal(HttpStatusCode.OK, (await portal.AskAsync($"Bearer {text}", Predict)).StatusCode);

        await portal.Server.Services.GetRequiredService<RevokeToken>().RunAsync(Actor.Person(portal.Consumer), token.Id, default);

        HttpResponseMessage response = await portal.AskAsync($"Bearer {text}", Predict);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("revoked", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_scope_that_is_missing_is_a_403_that_names_it()
    {
        (_, string token) = await portal.IssueAsync(TokenScope.Read, TokenScope.Explain);

        HttpResponseMessage response = await portal.AskAsync($"Bearer {token}", Predict);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("insufficient_scope", response.Headers.WwwAuthenticate.ToString());
        Assert.Contains("scope predict", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_address_that_names_no_scope_is_closed_to_every_token()
    {
        (_, string token) = await portal.IssueAsync(Enum.GetValues<TokenScope>());

        Assert.Equal(HttpStatusCode.Forbidden, (await portal.AskAsync($"Bearer {token}", "/api/v1/probe/pages-only")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await portal.AskAsync($"Bearer {token}", "/api/v1/antiforgery")).StatusCode);
    }

    [Fact]
    public async Task A_token_of_one_model_opens_no_other()
    {
        await using AsyncServiceScope scope = portal.Server.Services.CreateAsyncScope();
        UserId owner = (await portal.Server.AddAsync("dev", Role.Developer)).Id;
        await scope.ServiceProvider.GetRequiredService<Governance.Registry.Models.RegisterModel>().RunAsync(
            Actor.Person(owner), new("credit", "Credit", "Decides.", Governance.Registry.Models.RiskTier.Low), default);
        await scope.ServiceProvider.GetRequiredService<GrantAccess>().RunAsync(Actor.System, portal.Consumer, "credit", GrantExtras.None, default);
        (_, string token) = await portal.IssueAsync(
            new NewToken(portal.Consumer, "one model", [TokenScope.Predict, TokenScope.Read]) { Models = ["credit"] });

        Assert.Equal(HttpStatusCode.OK, (await portal.AskAsync($"Bearer {token}", Predict)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await portal.AskAsync($"Bearer {token}", Predict.Replace("credit", "other", StringComparison.Ordinal))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await portal.AskAsync($"Bearer {token}", "/api/v1/probe/all")).StatusCode);
        Assert.Equal("true", await (await portal.AskAsync($"Bearer {token}", "/api/v1/probe/list")).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_token_opens_no_page_and_a_wrong_token_is_not_rescued_by_a_cookie()
    {
        (_, string token) = await portal.IssueAsync(TokenScope.Read);
        using Visitor visitor = new(portal.Server);
        await visitor.SignInAsync("coen");
        string cookie = visitor.Cookies.GetCookieHeader(new Uri(portal.Server.Address));

        Assert.Equal(HttpStatusCode.Redirect, (await portal.AskAsync($"Bearer {token}", "/models")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await portal.AskAsync(null, Predict, cookie: cookie)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await portal.AskAsync("Bearer gov_wrong", Predict, cookie: cookie)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await portal.AskAsync($"Bearer {token}", Predict, cookie: cookie)).StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/probe/all?access_token={0}")]
    [InlineData("/models?{0}")]
    [InlineData("/api/v1/{0}/models")]
    public async Task A_token_in_an_address_is_refused_with_a_sentence_that_does_not_repeat_it(string path)
    {
        (_, string token) = await portal.IssueAsync(TokenScope.Read);

        HttpResponseMessage response = await portal.AskAsync(null, string.Format(System.Globalization.CultureInfo.InvariantCulture, path, token));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("token-in-address", await CodeAsync(response));
        Assert.DoesNotContain(token, await response.Content.ReadAsStringAsync());
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();
}
