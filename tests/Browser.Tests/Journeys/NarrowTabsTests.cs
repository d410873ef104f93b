using Governance.Browser.Tests.Browsing;
using Governance.Browser.Tests.Demo;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Journeys;

/// <summary>Rows of tabs that are wider than a telephone.</summary>
[Collection(BrowserTests.Name)]
public sealed class NarrowTabsTests(Chromium chromium, DemoPortal portal)
{
    private const string Version = "/models/hmda_biased/versions/1";

    [SkippableFact]
    public async Task The_tab_that_is_shown_is_in_sight()
    {
        await using WatchedPage visit = await chromium.OpenAsync(portal.Address, 390, ColorScheme.Light);
        await visit.SignInAsync(portal, "rita");
        await visit.GoAsync($"{Version}/history");
        await InSightAsync(visit.Page, "History");
        Assert.True(await visit.Page.Locator(".tabs").EvaluateAsync<bool>("row => row.scrollLeft > 0"));

        await visit.GoAsync($"{Version}/counterfactuals");
        await InSightAsync(visit.Page, "Counterfactuals");
        await visit.Page.Locator(".subtabs").GetByRole(AriaRole.Link, new() { Name = "What-if" }).ClickAsync(); // another page, by enhanced navigation
        await visit.Page.ArriveAsync("/what-if");
        await InSightAsync(visit.Page, "What-if");
        Assert.Empty(visit.Faults);
    }

    private static async Task InSightAsync(IPage page, string name)
    {
        ILocator tab = page.Locator("main nav a[aria-current=page]").Filter(new() { HasText = name });
        await tab.WaitForAsync();
        IJSHandle place = await page.WaitForFunctionAsync("tab => { const at = tab.getBoundingClientRect(); return at.left >= 0 && at.right <= innerWidth; }", await tab.ElementHandleAsync());
        Assert.True(await place.JsonValueAsync<bool>());
    }
}
