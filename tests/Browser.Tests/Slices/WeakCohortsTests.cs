using Governance.Browser.Tests.Browsing;
using Governance.Browser.Tests.Demo;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Slices;

/// <summary>Weak cohorts and robustness in the browser: computed while one watches, drawn, and sound.</summary>
[Collection(BrowserTests.Name)]
public sealed class WeakCohortsTests(Chromium chromium, DemoPortal portal)
{
    private const string Version = "/models/hmda_biased/versions/1";

    [SkippableFact]
    public async Task Both_views_are_computed_drawn_and_sound()
    {
        await using WatchedPage visit = await chromium.OpenAsync(portal.Address);
        await visit.SignInAsync(portal, "rita");
        foreach ((string name, string path) in new (string, string)[]
        {
            ("slices", $"{Version}/slices?depth=2"), ("error-tree", $"{Version}/error-tree?depth=2&rows=200"), ("robustness", $"{Version}/robustness?repeats=1"), ("robustness-digits", "/models/digits_cnn/versions/1/robustness?test=rotate&repeats=1"),
        })
        {
            await visit.GoAsync(path);
            await visit.Page.Locator("gov-plot[data-drawn=true]").First.WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });
            await visit.DrawnAsync();
            await visit.AssertSoundAsync(name);
        }
    }

    [SkippableFact]
    public async Task The_views_are_reached_from_the_performance_tab_and_say_their_findings()
    {
        await using WatchedPage visit = await chromium.SignInAsync(portal, "rita");

        await visit.GoAsync($"{Version}/performance");
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Weak cohorts" }).ClickAsync();
        await visit.Page.Locator("#weak").WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });
        Assert.Contains("held out", await visit.TextAsync());

        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Error tree" }).ClickAsync();
        ILocator nodes = visit.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Nodes of the error tree" });
        await nodes.WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });
        string condition = (await nodes.Locator("code").First.TextContentAsync())!;
        await nodes.GetByRole(AriaRole.Link).First.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.ArriveAsync("/performance?", "cohort=");
        Assert.Contains(condition, Uri.UnescapeDataString(visit.Page.Url), StringComparison.Ordinal);

        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Robustness" }).ClickAsync();
        await visit.Page.Locator("#holds").WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });
        Assert.Contains("is the most fragile column", await visit.TextAsync());
    }
}
