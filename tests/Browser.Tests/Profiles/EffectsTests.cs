using Governance.Browser.Tests.Browsing;
using Governance.Browser.Tests.Demo;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Profiles;

/// <summary>Feature effects, importance and counterfactuals in the browser: computed while one watches, drawn, and sound.</summary>
[Collection(BrowserTests.Name)]
public sealed class EffectsTests(Chromium chromium, DemoPortal portal)
{
    private const string Version = "/models/hmda_biased/versions/1";

    [SkippableFact]
    public async Task Every_view_is_computed_drawn_and_sound()
    {
        await using WatchedPage visit = await chromium.OpenAsync(portal.Address);
        await visit.SignInAsync(portal, "rita");
        foreach ((string name, string path) in new (string, string)[]
        {
            ("effects", $"{Version}/effects?a=pirat"), ("effects-levels", $"{Version}/effects?a=chist"), ("effects-pair", $"{Version}/effects?a=pirat&b=afam&kind=ale"),
            ("effects-change", $"{Version}/effects?a=lvrat&show=ale%2Cice&scale=first"), ("importance", $"{Version}/importance"),
        })
        {
            await visit.GoAsync(path);
            await visit.Page.Locator("gov-plot[data-drawn=true]").First.WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });
            await visit.DrawnAsync();
            await visit.AssertSoundAsync(name);
        }

        await visit.GoAsync($"{Version}/counterfactuals");
        await visit.AssertSoundAsync();
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Find" }).ClickAsync();
        await visit.Page.Locator("#ways").WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });
        await visit.AssertSoundAsync("counterfactuals");
    }

    [SkippableFact]
    public async Task The_effect_says_its_finding_and_has_its_table()
    {
        await using WatchedPage visit = await chromium.SignInAsync(portal, "rita");

        await visit.GoAsync($"{Version}/effects?a=pirat");
        await visit.Page.Locator("gov-plot[data-drawn=true]").First.WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });

        Assert.Contains("rises with pirat", await visit.TextAsync());
        Assert.Equal(1, await visit.Page.GetByText("Table of these numbers").CountAsync());
    }

    [SkippableFact]
    public async Task Layers_are_switched_by_keyboard_and_stand_in_the_address()
    {
        await using WatchedPage visit = await chromium.SignInAsync(portal, "rita");
        await visit.GoAsync($"{Version}/effects?a=pirat");
        await visit.Page.Locator("gov-plot[data-drawn=true]").First.WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });
        ILocator layers = visit.Page.GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = "Layers" });

        Assert.Equal(3, await layers.Locator("[aria-pressed=true]").CountAsync());
        await layers.GetByText("partial dependence").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.GetByText("change from the first point").First.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.ArriveAsync("show=ale%2Cice&scale=first");
        string title = (await visit.Page.Locator("figure h2").TextContentAsync())!;
        await visit.GoAsync(new Uri(visit.Page.Url).PathAndQuery);
        await visit.Page.Locator("gov-plot[data-drawn=true]").First.WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });

        Assert.Matches("by \\+0\\.", title);
        Assert.Equal(title, await visit.Page.Locator("figure h2").TextContentAsync());
    }
}
