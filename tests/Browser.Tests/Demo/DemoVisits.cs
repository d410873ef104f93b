using Governance.Browser.Tests.Browsing;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Demo;

/// <summary>What people do in the demo.</summary>
internal static class DemoVisits
{
    /// <summary>Signs in and waits for the home page.</summary>
    public static async Task SignInAsync(this WatchedPage visit, DemoPortal portal, string user)
    {
        await visit.Page.GotoAsync("/accounts/sign-in");
        await visit.Page.GetByLabel("User name").FillAsync(user);
        await visit.Page.GetByLabel("Password").FillAsync(portal.PasswordOf(user));
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
        await visit.Page.WaitForURLAsync(url => !url.Contains("/accounts/", StringComparison.Ordinal));
    }
}
