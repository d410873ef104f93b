using Governance.Browser.Tests.Browsing;
using Governance.Registry.Access;
using Governance.Tests;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Accounts;

/// <summary>A passkey from adding to removing, with Chromium's virtual authenticator.</summary>
[Collection(BrowserTests.Name)]
public sealed class PasskeyTests(Chromium chromium)
{
    [SkippableFact]
    public async Task A_passkey_is_added_signs_in_confirms_and_is_removed()
    {
        await using PortalServer server = await PortalServer.StartAsync(
            change: options => options with { PasskeyDomain = "localhost", RequireSecondFactor = true });
        await server.AddAsync("rita", Role.Reviewer);
        await using WatchedPage visit = await chromium.OpenAsync(server.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)); // passkeys belong to a name, not to a number
        await AddAuthenticatorAsync(visit.Page);
        await visit.SignInAsync("rita");
        await visit.AssertSoundAsync(); // the enrolment page, to which a password alone leads

        await visit.Page.GetByLabel("Name of the new passkey").FillAsync("Test key");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Rowheader, new() { Name = "Test key" })).ToBeVisibleAsync();
        await visit.AssertSoundAsync();
        await visit.KeepAsync("second-factor");
        await visit.Page.GotoAsync("/models");
        Assert.EndsWith("/models", visit.Page.Url, StringComparison.Ordinal);

        await visit.Page.Context.ClearCookiesAsync();
        await visit.Page.GotoAsync("/accounts/sign-in?returnUrl=%2Faccount%2Fsessions");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await visit.Page.ArriveAsync(url => url.EndsWith("/account/sessions", StringComparison.Ordinal));
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("passkey");
        await visit.AssertSoundAsync();
        await visit.KeepAsync("sessions");

        await visit.Page.GotoAsync("/accounts/confirm?purpose=OwnAccount&returnUrl=%2Faccount%2Fsecond-factor");
        await visit.AssertSoundAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Confirm with a passkey" }).ClickAsync();
        await visit.Page.ArriveAsync(url => url.EndsWith("/account/second-factor", StringComparison.Ordinal));

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Remove the passkey Test key" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Rowheader, new() { Name = "Test key" })).ToHaveCountAsync(0);
        Assert.Empty(visit.Faults);
    }

    private static async Task AddAuthenticatorAsync(IPage page)
    {
        ICDPSession session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        await session.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new
            {
                protocol = "ctap2", transport = "internal", hasResidentKey = true, hasUserVerification = true, isUserVerified = true,
                automaticPresenceSimulation = true,
            },
        });
    }
}
