using Governance.Browser.Tests.Browsing;
using Governance.Tests;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Accounts;

/// <summary>What people do with their accounts.</summary>
internal static class AccountVisits
{
    /// <summary>Signs in with a password.</summary>
    public static async Task SignInAsync(this WatchedPage visit, string user)
    {
        await visit.Page.GotoAsync("/accounts/sign-in");
        await visit.Page.GetByLabel("User name").FillAsync(user);
        await visit.Page.GetByLabel("Password").FillAsync(PortalServer.Password);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await visit.Page.WaitForURLAsync(url => !url.Contains("/accounts/", StringComparison.Ordinal));
    }
}
