using Governance.Browser.Tests.Browsing;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Demo;

/// <summary>What people do in the demo.</summary>
internal static class DemoVisits
{
    /// <summary>Opens a browser profile of their own and signs in.</summary>
    public static async Task<WatchedPage> SignInAsync(this Chromium chromium, DemoPortal portal, string user)
    {
        WatchedPage visit = await chromium.OpenAsync(portal.Address);
        await visit.SignInAsync(portal, user);
        return visit;
    }

    /// <summary>Signs in and waits for the home page.</summary>
    public static Task SignInAsync(this WatchedPage visit, DemoPortal portal, string user) => visit.SignInAsync(user, portal.PasswordOf(user));

    /// <summary>Everything that the page says, in one string.</summary>
    public static Task<string> TextAsync(this WatchedPage visit) => visit.Page.GetByRole(AriaRole.Main).InnerTextAsync();
}
