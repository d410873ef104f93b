using Governance.Browser.Tests.Browsing;
using Governance.Browser.Tests.Demo;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Fairness;

/// <summary>Thresholds, cut-offs, intersections, flips and the error map in the browser: computed while one watches, by keyboard, with the view in the address.</summary>
[Collection(BrowserTests.Name)]
public sealed class ExplorerTests(Chromium chromium, DemoPortal portal)
{
    private const string Version = "/models/hmda_biased/versions/1";

    [SkippableFact]
    public async Task Each_view_is_computed_drawn_and_sound()
    {
        await using WatchedPage visit = await chromium.OpenAsync(portal.Address);
        await visit.SignInAsync(portal, "rita");
        foreach ((string name, string path) in new (string, string)[]
        {
            ("thresholds", $"{Version}/thresholds?cut=0.4"), ("cut-offs", $"{Version}/cut-offs?cut=0.4"), ("intersections", $"{Version}/intersections"),
            ("flips", $"{Version}/flips"), ("error-map", $"{Version}/error-map"), ("cut-offs-digits", "/models/digits_cnn/versions/1/cut-offs"),
        })
        {
            await visit.GoAsync(path);
            await visit.Page.Locator("gov-plot[data-drawn=true]").First.WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });
            await visit.DrawnAsync();
            await visit.AssertSoundAsync(name);
        }
    }

    [SkippableFact]
    public async Task A_threshold_moved_by_keyboard_changes_the_finding_and_the_address_and_a_link_restores_it()
    {
        await using WatchedPage visit = await chromium.SignInAsync(portal, "rita");
        await visit.GoAsync($"{Version}/thresholds?cut=0.5");
        ILocator slider = visit.Page.Locator("#cut");
        await slider.WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });
        string before = await visit.Page.Locator("#explorer").InnerTextAsync();

        await slider.FocusAsync();
        for (int step = 0; step < 8; step++)
        {
            await slider.PressAsync("ArrowLeft");
        }

        await visit.Page.WaitForFunctionAsync("before => document.querySelector('#explorer').innerText !== before", before);
        await visit.Page.ArriveAsync("cut=0.492");
        string after = await visit.Page.Locator("#explorer").InnerTextAsync();
        Assert.Contains("A threshold of 0.492", after, StringComparison.Ordinal);

        await visit.Page.ReloadAsync();
        await slider.WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });
        Assert.Equal(after, await visit.Page.Locator("#explorer").InnerTextAsync());
    }

    [SkippableFact]
    public async Task Cut_off_and_share_of_rows_move_each_other()
    {
        await using WatchedPage visit = await chromium.SignInAsync(portal, "rita");
        await visit.GoAsync($"{Version}/cut-offs?cut=0.5");
        ILocator share = visit.Page.Locator("#share");
        await share.WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });

        await share.FocusAsync();
        await share.PressAsync("Home");

        await visit.Page.WaitForFunctionAsync("() => document.querySelector('output[for=share]').innerText.trim() === '0.0 %'");
        Assert.Contains("0.0 %", await visit.Page.Locator("#cutoff").InnerTextAsync(), StringComparison.Ordinal);
        await share.PressAsync("End");
        await visit.Page.WaitForFunctionAsync("() => document.querySelector('output[for=share]').innerText.trim() === '100.0 %'");
    }
}
