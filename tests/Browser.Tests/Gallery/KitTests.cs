using Governance.Browser.Tests.Browsing;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Gallery;

/// <summary>The UI kit and interactive islands under our content policy and in our look.</summary>
[Collection(Browsing.BrowserTests.Name)]
public sealed class KitTests(Chromium chromium, GalleryHost host) : IClassFixture<GalleryHost>
{
    [SkippableTheory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task An_island_answers_clicks_and_the_kit_wears_our_look(int width, ColorScheme scheme)
    {
        await using WatchedPage page = await chromium.OpenAsync(host.Address, width, scheme);
        await page.SignInAsync("rita");
        await page.GoAsync("/gallery/kit");
        ILocator press = page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Press" });

        // A click before the circuit is open goes nowhere.
        await page.Page.WaitForFunctionAsync("() => document.querySelectorAll('.rz-data-row, .rz-datatable-even, tbody tr').length > 0");
        ILocator pressed = page.Page.Locator("output");
        for (int attempt = 0; attempt < 50 && await pressed.InnerTextAsync() == "0"; attempt++)
        {
            await press.ClickAsync();
            await Task.Delay(100);
        }

        Assert.NotEqual("0", await pressed.InnerTextAsync());
        Assert.Contains("IBM Plex Sans", await press.EvaluateAsync<string>("button => getComputedStyle(button).fontFamily"));
        await page.KeepAsync($"kit-{scheme}-{width}");
        await page.AssertSoundAsync();
    }
}
