using System.Net;
using Governance.Audit.Data;
using Governance.Portal.Features.ExternalSignIn;
using Governance.Portal.Tests.Accounts;
using Governance.Portal.Tests.Components;
using Governance.Registry.Access;
using Governance.Registry.ExternalSignIn;
using Governance.Registry.Ledger;
using Governance.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.ExternalSignIn;

/// <summary>Signing in against a real provider: its forms, its tokens, and what a thief could put in their place.</summary>
public sealed class ExternalSignInTests : IAsyncLifetime
{
    private OidcServer provider = null!;

    public async Task InitializeAsync() => provider = await OidcServer.StartAsync();

    public async Task DisposeAsync() => await provider.DisposeAsync();

    [Theory]
    [InlineData("RS256")]
    [InlineData("ES256")]
    public async Task Groups_give_roles_at_each_sign_in_and_one_that_is_gone_takes_its_role(string algorithm)
    {
        await using OidcServer signing = await OidcServer.StartAsync(algorithm);
        await using PortalServer portal = await StartAsync(await signing.SettingsAsync());
        signing.Write("lena", ["makers", "admins", "canteen"]);
        using ExternalVisitor first = new(portal);

        Assert.Equal("/publisher-keys", await first.SignInAsync("lena", "/publisher-keys"));
        Assert.Equal(HttpStatusCode.OK, (await first.GetAsync("/publisher-keys")).StatusCode);
        Assert.Equal([Role.Developer, Role.Administrator], (await PersonAsync(portal, "lena")).Roles.Order());

        signing.Write("lena", ["makers"]);
        using ExternalVisitor second = new(portal);
        Assert.Equal("/", await second.SignInAsync("lena"));

        Assert.Equal([Role.Developer], (await PersonAsync(portal, "lena")).Roles);
        Assert.NotEqual(HttpStatusCode.OK, (await second.GetAsync("/publisher-keys")).StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, (await first.GetAsync("/publisher-keys")).StatusCode); // the session that was open
        Assert.Equal("Lena Extern", (await PersonAsync(portal, "lena")).DisplayName);
    }

    [Fact]
    public async Task Who_has_no_group_here_is_told_so_and_no_account_is_made()
    {
        await using PortalServer portal = await StartAsync(await provider.SettingsAsync());
        provider.Write("lena", ["canteen"]);
        using ExternalVisitor visitor = new(portal);

        string where = await visitor.SignInAsync("lena");

        Assert.Equal("/accounts/sign-in?external=no-role", where);
        HttpResponseMessage page = await visitor.GetAsync(where);
        Assert.Contains((await Visitor.ReadAsync(page)).QuerySelectorAll("[role=alert]"), alert =>
            Accessible.Words(alert).Contains("None of your groups at Example ID", StringComparison.Ordinal));
        await using AsyncServiceScope scope = portal.Services.CreateAsyncScope();
        Assert.Null(await scope.ServiceProvider.GetRequiredService<PeopleQueries>().FindByUserNameAsync("lena", default));
    }

    [Theory]
    [InlineData("alg-none")]
    [InlineData("public-key-as-secret")]
    [InlineData("changed-subject")]
    [InlineData("other-person")]
    public async Task A_forged_answer_opens_no_session(string forgery)
    {
        await using PortalServer portal = await StartAsync(await provider.SettingsAsync());
        provider.Write("lena", ["admins"], forgery);
        using ExternalVisitor visitor = new(portal);

        Assert.Equal("/accounts/sign-in?external=failed", await visitor.SignInAsync("lena"));
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task An_answer_of_another_issuer_of_another_browser_or_used_twice_opens_no_session()
    {
        await using PortalServer portal = await StartAsync(await provider.SettingsAsync());
        provider.Write("lena", ["admins"]);
        using ExternalVisitor visitor = new(portal);
        using ExternalVisitor other = new(portal);
        Uri back = await visitor.AuthenticateAsync("lena");
        string query = back.Query;

        string mixedUp = query.Replace(Uri.EscapeDataString(provider.Issuer), Uri.EscapeDataString("https://evil.example.test"), StringComparison.Ordinal);
        string unnamed = string.Join('&', query.Split('&').Where(part => !part.TrimStart('?').StartsWith("iss=", StringComparison.Ordinal)));
        Assert.NotEqual(query, mixedUp);
        Assert.NotEqual(query, unnamed);
        foreach (string wrong in (string[])[mixedUp, unnamed])
        {
            Assert.Equal("/accounts/sign-in?external=failed", await WhereAsync(visitor, new Uri(back, back.AbsolutePath + wrong)));
        }

        Assert.Equal("/accounts/sign-in?external=failed", await WhereAsync(other, back));
        Assert.Equal("/", await WhereAsync(visitor, back));
        Assert.Equal("/accounts/sign-in?external=failed", await WhereAsync(visitor, back));
    }

    [Fact]
    public async Task Without_provisioning_only_a_linked_account_comes_in_and_never_by_its_address_or_name()
    {
        await using PortalServer portal = await StartAsync(await provider.SettingsAsync("\"provision\": false"));
        UserId lena = (await portal.AddAsync("lena", Role.Consumer)).Id;
        provider.Write("lena", ["judges"]);
        using ExternalVisitor visitor = new(portal);
        Assert.Equal("/accounts/sign-in?external=no-account", await visitor.SignInAsync("lena"));

        await portal.Services.GetRequiredService<ManageExternalLogins>().LinkAsync(Actor.System, lena, provider.Issuer, "lena", default);

        Assert.Equal("/", await visitor.SignInAsync("lena"));
        Assert.Equal([Role.Reviewer, Role.Auditor, Role.Consumer], (await PersonAsync(portal, "lena")).Roles.Order());
    }

    [Fact]
    public async Task An_address_that_is_not_verified_is_refused_where_that_is_asked_for()
    {
        await using PortalServer portal = await StartAsync(await provider.SettingsAsync("\"requireVerifiedEmail\": true"));
        provider.Write("lena", ["judges"], verified: false);
        using ExternalVisitor visitor = new(portal);
        Assert.Equal("/accounts/sign-in?external=unverified-email", await visitor.SignInAsync("lena"));

        provider.Write("lena", ["judges"]);

        using ExternalVisitor again = new(portal);
        Assert.Equal("/", await again.SignInAsync("lena"));
    }

    [Theory]
    [InlineData("//evil.example.test/")]
    [InlineData("https://evil.example.test/")]
    [InlineData("/\\evil.example.test")]
    public async Task Never_leads_to_another_host(string returnUrl)
    {
        await using PortalServer portal = await StartAsync(await provider.SettingsAsync());
        provider.Write("lena", ["judges"]);
        using ExternalVisitor visitor = new(portal);

        Assert.Equal("/", await visitor.SignInAsync("lena", returnUrl));
    }

    [Fact]
    public async Task The_first_way_out_carries_state_nonce_and_a_challenge_and_its_cookie_is_for_this_portal_alone()
    {
        await using PortalServer portal = await StartAsync(await provider.SettingsAsync());
        using ExternalVisitor visitor = new(portal);

        HttpResponseMessage response = await visitor.GetAsync("/accounts/external");

        string location = response.Headers.Location!.Query;
        Assert.Contains("code_challenge_method=S256", location);
        Assert.Matches("[?&]code_challenge=[A-Za-z0-9_-]{43}(&|$)", location);
        Assert.Matches("[?&]nonce=[A-Za-z0-9_-]{43}(&|$)", location);
        Assert.Matches("[?&]state=.{40,}", location);
        Assert.DoesNotContain("secret", location);
        string cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"), each => each.StartsWith("governance-external.", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_provider_that_is_down_leaves_the_passwords_and_one_that_is_someone_else_stops_the_start()
    {
        OidcSettings someoneElse = await provider.SettingsAsync(authority: provider.Issuer.Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
        InputException fault = await Assert.ThrowsAsync<InputException>(() => StartAsync(someoneElse));
        Assert.Contains($"says that it is {provider.Issuer}", fault.Message);

        OidcSettings settings = await provider.SettingsAsync();
        await provider.StopAsync();
        await using PortalServer portal = await StartAsync(settings);
        await portal.AddAsync("rita", Role.Reviewer);
        using ExternalVisitor visitor = new(portal);
        using Visitor local = new(portal);

        Assert.Equal("/accounts/sign-in?external=unreachable", (await visitor.GetAsync("/accounts/external")).Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.Redirect, (await local.SignInAsync("rita")).StatusCode);
    }

    [Fact]
    public async Task The_administrators_page_shows_the_mapping_and_no_secret()
    {
        await using PortalServer portal = await StartAsync(await provider.SettingsAsync());
        provider.Write("lena", ["admins"]);
        using ExternalVisitor visitor = new(portal);
        await visitor.SignInAsync("lena");

        HttpResponseMessage response = await visitor.GetAsync("/admin/sign-in");

        string text = Accessible.Words((await Visitor.ReadAsync(response)).Body!);
        Assert.Contains("The provider answers, and is who it should be.", text);
        Assert.Contains("Reviewer, Auditor", text);
        Assert.Contains("lena", text);
        Assert.DoesNotContain("a secret of the tests alone", await response.Content.ReadAsStringAsync());
    }

    private static Task<PortalServer> StartAsync(OidcSettings settings) => PortalServer.StartAsync(change: options => options with { Oidc = settings });

    private static async Task<string> WhereAsync(ExternalVisitor visitor, Uri address)
    {
        HttpResponseMessage response = await visitor.GetAsync(address);
        return response.Headers.Location?.OriginalString ?? $"{response.StatusCode}";
    }

    private static async Task<Person> PersonAsync(PortalServer portal, string name)
    {
        await using AsyncServiceScope scope = portal.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<PeopleQueries>().FindByUserNameAsync(name, default))!;
    }
}
