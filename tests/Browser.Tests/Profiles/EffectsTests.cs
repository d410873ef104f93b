using Governance.Browser.Tests.Browsing;
using Governance.Browser.Tests.Demo;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Profiles;

/// <summary>Feature effects, importance and counterfactuals in the browser: computed while one watches, drawn, and sound.</summary>
[Collection(BrowserTests.Name)]
public sealed class EffectsTests(Chromium chromium, DemoPortal portal)
{
    private const string Version = "/models/hmda_biased/versions/1";

    [SkippableTheory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Every_view_is_computed_drawn_and_sound(int width, ColorScheme scheme)
    {
        await using WatchedPage visit = await chromium.OpenAsync(portal.Address, width, scheme);
        await visit.SignInAsync(portal, "rita");
        foreach ((string name, string path) in new (string, string)[]
        {
            ("effects", $"{Version}/effects?a=pirat"), ("effects-ale", $"{Version}/effects?a=chist&kind=ale"), ("effects-pair", $"{Version}/effects?a=pirat&b=afam&kind=ale"),
            ("effects-ice", $"{Version}/effects?a=lvrat&kind=ice"), ("importance", $"{Version}/importance"),
        })
        {
            await visit.GoAsync(path);
            await visit.Page.Locator("gov-plot[data-drawn=true]").First.WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });
            await visit.DrawnAsync();
            await visit.KeepAsync($"{name}-{scheme}-{width}");
            await visit.AssertSoundAsync();
        }

        await visit.GoAsync($"{Version}/counterfactuals");
        await visit.AssertSoundAsync();
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Find" }).ClickAsync();
        await visit.Page.Locator("#ways").WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });
        await visit.KeepAsync($"counterfactuals-{scheme}-{width}");
        await visit.AssertSoundAsync();
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
}
