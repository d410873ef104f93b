using System.Diagnostics;
using Governance.Tests;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Browsing;

/// <summary>Signing in and arriving, the one way in which every test does it.</summary>
internal static class Visits
{
    private const int Patience = 60; // seconds

    /// <summary>Signs in with a password and waits for the page that was asked for.</summary>
    public static async Task SignInAsync(this WatchedPage visit, string user, string password = PortalServer.Password, string returnUrl = "/")
    {
        await visit.Page.GotoAsync("/accounts/sign-in?returnUrl=" + Uri.EscapeDataString(returnUrl));
        await visit.Page.GetByLabel("User name").FillAsync(user);
        await visit.Page.GetByLabel("Password").FillAsync(password);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await visit.Page.ArriveAsync(url => !url.Contains("/accounts/", StringComparison.Ordinal));
    }

    /// <summary>Waits until the window is at an address that has every one of the parts, and its page is there.</summary>
    public static Task ArriveAsync(this IPage page, params string[] parts) =>
        page.ArriveAsync(url => parts.All(part => url.Contains(part, StringComparison.Ordinal)));

    /// <summary>Waits until the window is at an address, and its page is there.</summary>
    /// <remarks>
    /// Playwright's own wait for an address listens for an event of the page, and on a busy machine was seen to miss it: the
    /// page had long been idle when the wait gave up. So the page itself is asked.
    /// </remarks>
    public static async Task ArriveAsync(this IPage page, Func<string, bool> isThere, int seconds = Patience)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (!isThere(page.Url))
        {
            Assert.True(waited.Elapsed.TotalSeconds < seconds, $"After {seconds} seconds the window is still at {page.Url}.");
            await Task.Delay(20);
        }

        await page.WaitForFunctionAsync("() => document.readyState === 'complete'");
    }
}
