using Governance.Browser.Tests.Browsing;
using Governance.Browser.Tests.Demo;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Journeys;

/// <summary>Without a mouse: every step is a key that a person could press.</summary>
[Collection(BrowserTests.Name)]
public sealed class KeyboardJourneyTests(Chromium chromium, DemoPortal portal)
{
    private const int MostTabs = 160; // plots and tables can be entered, and a page has many

    [SkippableFact]
    public async Task A_compliance_officer_compares_two_versions_and_writes_down_what_is_decided()
    {
        await using WatchedPage visit = await chromium.SignInAsync(portal, "carl");
        IPage page = visit.Page;

        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("m");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Models", Level = 1 })).ToBeVisibleAsync();
        await WalkToAsync(page, "a[href='/models/hmda_fair']");
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAsync(url => url.EndsWith("/models/hmda_fair", StringComparison.Ordinal));
        await TabToAsync(page, "a[href='/models/hmda_fair/comparisons']");
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAsync(url => url.EndsWith("/comparisons", StringComparison.Ordinal));

        await TabToAsync(page, "select#a");
        await page.Keyboard.TypeAsync("hmda_biased");
        await TabToAsync(page, "select#data");
        await page.Keyboard.TypeAsync("hmda-test");
        await TabToAsync(page, "form[aria-label=Comparison] button");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#differences")).ToHaveTextAsync("hmda_biased v1 against hmda_fair v1", new() { Timeout = 60_000 });
        await visit.DrawnAsync();
        string finding = await page.Locator("p.finding").InnerTextAsync();
        Assert.Contains("are decided differently", finding, StringComparison.Ordinal);

        await TabToAsync(page, "#comment-text");
        await page.Keyboard.TypeAsync("We take hmda_fair: fewer flips against single applicants, at a loss that we accept. @rita");
        await TabToAsync(page, ".say-more button");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#comments .said").Last).ToContainTextAsync("We take hmda_fair");
        await visit.DrawnAsync();
        await visit.AssertSoundAsync();
        await visit.KeepAsync("journey-compare");
        await page.SetViewportSizeAsync(390, 844);
        await visit.AssertSoundAsync();
        await visit.KeepAsync("journey-compare-390");
        await page.SetViewportSizeAsync(1440, 900);
        string link = await page.Locator("#comments .thread header a").Last.GetAttributeAsync("href") ?? "";

        await TabToAsync(page, "section[aria-labelledby=decide] a.primary");
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAsync(url => url.EndsWith("/models/hmda_fair/versions/1/sign-off", StringComparison.Ordinal));
        Assert.Empty(visit.Faults);

        // The second person sees it by its link, and the bar says that they are called upon.
        await using WatchedPage second = await chromium.SignInAsync(portal, "rita");
        await Assertions.Expect(second.Page.Locator(".mentions .count")).ToHaveTextAsync("1");
        await second.GoAsync(link);
        await Assertions.Expect(second.Page.Locator("#comments")).ToContainTextAsync("at a loss that we accept");
        Assert.Equal(finding, await second.Page.Locator("p.finding").InnerTextAsync());
        Assert.Empty(second.Faults);
    }

    [SkippableFact]
    public async Task Keys_are_told_searched_walked_and_turned_off()
    {
        await using WatchedPage visit = await chromium.SignInAsync(portal, "rita");
        IPage page = visit.Page;

        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.Locator("dialog#keys")).ToBeVisibleAsync();
        await visit.AssertSoundAsync();
        await visit.KeepAsync("keys");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("dialog#keys")).Not.ToBeVisibleAsync();

        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("k");
        Assert.True(await page.EvaluateAsync<bool>("() => document.activeElement === document.querySelector('main .work li a')"));

        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("gbt/1");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("fits “gbt/1”");
        await Assertions.Expect(page.Locator(".hits a").First).ToHaveTextAsync("hmda_gbt v1");
        Assert.NotEqual("BODY", await page.EvaluateAsync<string>("() => document.activeElement.tagName"));
        await visit.AssertSoundAsync();
        await visit.KeepAsync("search");

        await page.Keyboard.PressAsync("Escape");
        await TabToAsync(page, ".hits a");
        await page.Keyboard.PressAsync("?");
        await TabToAsync(page, "[data-keys-off]");
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("m");
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/search"));
        Assert.Empty(visit.Faults);
    }

    private static async Task TabToAsync(IPage page, string selector)
    {
        for (int step = 0; step < MostTabs; step++)
        {
            if (await page.EvaluateAsync<bool>("wanted => !!document.activeElement?.matches(wanted)", selector))
            {
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{selector} is not reached by {MostTabs} tabs on {page.Url}.");
    }

    private static async Task WalkToAsync(IPage page, string selector)
    {
        for (int step = 0; step < MostTabs; step++)
        {
            await page.Keyboard.PressAsync("j");
            if (await page.EvaluateAsync<bool>("wanted => !!document.activeElement?.matches(wanted)", selector))
            {
                return;
            }
        }

        Assert.Fail($"{selector} is not reached by J on {page.Url}.");
    }
}
