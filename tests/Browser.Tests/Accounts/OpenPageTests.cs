using Governance.Browser.Tests.Browsing;
using Governance.Browser.Tests.Demo;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Accounts;

/// <summary>A page with an open circuit whose person loses a role: its powers end, whether the browser leaves it or not.</summary>
[Collection(BrowserTests.Name)]
public sealed class OpenPageTests(Chromium chromium, DemoPortal portal)
{
    private const string Note = "Registered after the role was gone.";

    [SkippableFact]
    public async Task A_removed_role_closes_an_open_page_and_refuses_what_it_still_asks_for()
    {
        await using WatchedPage developer = await chromium.SignInAsync(portal, "dev");
        await developer.GoAsync("/models/hmda_biased/versions/1/mitigation?by=deterministic");
        ILocator button = developer.Page.GetByRole(AriaRole.Button, new() { Name = "Register as a new version" });
        await button.WaitForAsync(new() { Timeout = 120_000 });
        await developer.Page.GetByLabel("What is new in it").FillAsync(Note);

        // A browser that does not follow: the way to the sign-in page is cut, so that the page stays and goes on asking.
        TaskCompletionSource left = new();
        await developer.Page.RouteAsync("**/accounts/sign-in**", route =>
        {
            left.TrySetResult();
            return route.AbortAsync("aborted");
        });

        await using WatchedPage administrator = await chromium.SignInAsync(portal, "ada");
        await SetRolesAsync(administrator, "Auditor");
        try
        {
            await left.Task.WaitAsync(TimeSpan.FromSeconds(30));
            await button.ClickAsync(new() { Timeout = 5_000 });
            await developer.Page.WaitForTimeoutAsync(3_000);
        }
        finally
        {
            await SetRolesAsync(administrator, "Developer");
        }

        await using WatchedPage again = await chromium.SignInAsync(portal, "dev");
        await again.GoAsync("/models/hmda_biased");
        Assert.DoesNotContain(Note, await again.TextAsync());
    }

    private static async Task SetRolesAsync(WatchedPage administrator, string role)
    {
        await administrator.Page.GotoAsync("/admin/users/dev");
        foreach (ILocator box in await administrator.Page.GetByRole(AriaRole.Checkbox).AllAsync())
        {
            await box.UncheckAsync();
        }

        await administrator.Page.Locator($"input[value={role}]").CheckAsync();
        await administrator.Page.GetByRole(AriaRole.Button, new() { Name = "Set the roles" }).ClickAsync();
        await Assertions.Expect(administrator.Page.Locator($"input[value={role}]")).ToBeCheckedAsync();
    }
}
