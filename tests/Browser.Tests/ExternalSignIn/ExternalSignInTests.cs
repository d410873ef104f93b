using Governance.Browser.Tests.Browsing;
using Governance.Registry.Access;
using Governance.Tests;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.ExternalSignIn;

/// <summary>Signing in with a provider as a person does, under the content policies of both sides.</summary>
[Collection(BrowserTests.Name)]
public sealed class ExternalSignInTests(Chromium chromium)
{
    [SkippableFact]
    public async Task A_person_goes_to_the_provider_and_comes_back_signed_in()
    {
        await using OidcServer provider = await OidcServer.StartAsync("ES256");
        await using PortalServer portal = await PortalServer.StartAsync(change: await ConfigureAsync(provider));
        provider.Write("lena", ["judges", "admins"]);
        await using WatchedPage visit = await chromium.OpenAsync(portal.Address);

        // The provider's own pages ask for fonts elsewhere.
        await visit.Page.Context.RouteAsync(url => !new Uri(url).IsLoopback, route => route.AbortAsync());
        await visit.GoAsync("/models");
        await visit.AssertSoundAsync();
        await visit.KeepAsync("sign-in-with-provider");
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Sign in with Example ID" }).ClickAsync();
        await visit.Page.Locator("[name=login]").FillAsync("lena");
        await visit.Page.Locator("[name=password]").FillAsync("any password does there");
        await visit.Page.Locator("[type=submit]").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("[name=password]")).ToHaveCountAsync(0); // the page that asks for consent
        await visit.Page.Locator("[type=submit]").ClickAsync();
        await visit.Page.ArriveAsync(url => url == portal.Address + "/models");

        Assert.Contains("Lena Extern", await visit.Page.Locator(".who").InnerTextAsync());
        await visit.GoAsync("/admin/sign-in");
        await visit.KeepAsync("admin-sign-in");
        Assert.Contains("The provider answers", await visit.Page.GetByRole(AriaRole.Main).InnerTextAsync());
        Assert.DoesNotContain(await visit.FindFaultsAsync(), fault => fault.StartsWith("/admin/", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task A_token_is_shown_once_and_copied_by_its_button()
    {
        await using PortalServer portal = await PortalServer.StartAsync();
        await portal.AddAsync("coen", Role.Consumer);
        await using WatchedPage visit = await chromium.OpenAsync(portal.Address, width: 390);
        await visit.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await visit.SignInAsync("coen", returnUrl: "/account/tokens");

        await visit.Page.GetByLabel("What it is for").FillAsync("loan desk");
        await visit.Page.GetByLabel("ask for predictions").CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Make the token" }).ClickAsync();
        string shown = await visit.Page.Locator("#new-token").InnerTextAsync();
        await visit.Page.ArriveAsync("/account/tokens");
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Copy the token" }).ClickAsync();

        await visit.Page.WaitForFunctionAsync("async shown => await navigator.clipboard.readText() === shown", shown);
        await visit.KeepAsync("account-tokens-390");
        await visit.AssertSoundAsync();
        await visit.GoAsync("/account/tokens");
        Assert.DoesNotContain(shown, await visit.Page.ContentAsync());
    }

    private static async Task<Func<Portal.PortalOptions, Portal.PortalOptions>> ConfigureAsync(OidcServer provider)
    {
        Portal.Features.ExternalSignIn.OidcSettings settings = await provider.SettingsAsync();
        return options => options with { Oidc = settings };
    }
}
