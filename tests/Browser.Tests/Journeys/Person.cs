using Governance.Browser.Tests.Browsing;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Journeys;

/// <summary>What people do on every journey.</summary>
internal static class Person
{
    /// <summary>Opens a browser profile of their own and signs in.</summary>
    public static async Task<WatchedPage> SignInAsync(
        this Chromium chromium, DemoPortal portal, string user, int width = 1440, ColorScheme scheme = ColorScheme.Light)
    {
        WatchedPage page = await chromium.OpenAsync(portal.Address, width, scheme);
        await page.GoAsync("/accounts/sign-in");
        await page.Page.GetByLabel("User name").FillAsync(user);
        await page.Page.GetByLabel("Password").FillAsync(portal.PasswordOf(user));
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).WaitForAsync();
        Assert.DoesNotContain("/accounts/sign-in", page.Page.Url, StringComparison.Ordinal);
        return page;
    }

    /// <summary>Everything that the page says, in one string.</summary>
    public static Task<string> TextAsync(this WatchedPage page) => page.Page.GetByRole(AriaRole.Main).InnerTextAsync();
}
