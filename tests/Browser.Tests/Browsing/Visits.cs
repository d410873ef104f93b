using Governance.Tests;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Browsing;

/// <summary>Signing in, the one way in which every test does it.</summary>
internal static class Visits
{
    /// <summary>Signs in with a password and waits for the page that was asked for.</summary>
    public static async Task SignInAsync(this WatchedPage visit, string user, string password = PortalServer.Password, string returnUrl = "/")
    {
        await visit.Page.GotoAsync("/accounts/sign-in?returnUrl=" + Uri.EscapeDataString(returnUrl));
        await visit.Page.GetByLabel("User name").FillAsync(user);
        await visit.Page.GetByLabel("Password").FillAsync(password);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        // The document and its modules: the event "load" of a page that leads on at once may never come.
        await visit.Page.WaitForURLAsync(
            url => !url.Contains("/accounts/", StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.DOMContentLoaded });
    }
}
