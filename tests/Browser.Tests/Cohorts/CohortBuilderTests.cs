using Governance.Browser.Tests.Browsing;
using Governance.Browser.Tests.Demo;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Cohorts;

/// <summary>The builder of conditions in the browser, by keyboard alone.</summary>
[Collection(BrowserTests.Name)]
public sealed class CohortBuilderTests(Chromium chromium, DemoPortal portal)
{
    private const string Page = "/models/hmda_biased/versions/1/performance";

    [SkippableFact]
    public async Task A_condition_is_built_counted_and_applied_by_keyboard()
    {
        await using WatchedPage visit = await chromium.OpenAsync(portal.Address, 390, ColorScheme.Dark);
        await visit.SignInAsync(portal, "rita");
        await visit.GoAsync(Page);
        IPage page = visit.Page;

        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Build the condition" })).ToBeEnabledAsync(new() { Timeout = 30_000 });
        await page.EnterAsync(page.GetByRole(AriaRole.Button, new() { Name = "Build the condition" }));
        await page.EnterAsync(page.GetByRole(AriaRole.Button, new() { Name = "Add condition to the whole condition" }));
        ILocator column = page.GetByLabel("Column of condition 1");
        await Assertions.Expect(column).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("lvrat");
        await page.TabToAsync(page.GetByLabel("Comparison of condition 1"));
        await page.Keyboard.TypeAsync("is at least");
        await page.TypeIntoAsync(page.GetByLabel("Value of condition 1"), "0.75");

        await Assertions.Expect(page.Locator("#cohort-built")).ToHaveTextAsync("lvrat >= 0.75");
        await Assertions.Expect(page.Locator("#cohort")).ToHaveValueAsync("lvrat >= 0.75");
        await page.EnterAsync(page.GetByRole(AriaRole.Button, new() { Name = "Add group to the whole condition" }));
        await Assertions.Expect(page.GetByLabel("Column of condition 2.1")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("@error");
        await page.TabToAsync(page.GetByLabel("Value of condition 2.1"));
        await page.Keyboard.TypeAsync("no");
        await Assertions.Expect(page.Locator("#cohort")).ToHaveValueAsync("lvrat >= 0.75 and @error = 'no'");
        await Assertions.Expect(page.Locator("#cohort-count")).Not.ToBeEmptyAsync();
        await visit.AssertSoundAsync("cohort-builder");

        await page.EnterAsync(page.GetByRole(AriaRole.Button, new() { Name = "Remove group 2" }));
        await Assertions.Expect(column).ToBeFocusedAsync();
        await page.EnterAsync(page.GetByRole(AriaRole.Button, new() { Name = "Apply the condition that was built" }));
        await page.ArriveAsync("cohort=lvrat", "build=1");
        await Assertions.Expect(page.Locator("#cohort-n")).ToContainTextAsync("n = ", new() { Timeout = 30_000 });
        await Assertions.Expect(page.GetByLabel("Value of condition 1")).ToHaveValueAsync("0.75", new() { Timeout = 30_000 });
        Assert.Empty(visit.Faults);
    }

    [SkippableFact]
    public async Task What_is_typed_in_the_field_is_built_further()
    {
        await using WatchedPage visit = await chromium.SignInAsync(portal, "carl");
        await visit.GoAsync($"{Page}?build=1");
        IPage page = visit.Page;
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Add condition to the whole condition" })).ToBeVisibleAsync(new() { Timeout = 60_000 });

        await page.Locator("#cohort").FillAsync("not (pirat > 0.3 or @score between 0.2 and 0.4)");
        await Assertions.Expect(page.GetByLabel("Upper end of condition 2")).ToHaveValueAsync("0.4");
        await page.GetByLabel("Upper end of condition 2").FillAsync("0.5");
        await Assertions.Expect(page.Locator("#cohort")).ToHaveValueAsync("not (pirat > 0.3 or @score between 0.2 and 0.5)");

        // Carl reads no personal cells: no number while he builds, and no masked column.
        await Assertions.Expect(page.Locator("#cohort-count")).ToContainTextAsync("told once it is applied");
        await page.Locator("#cohort").FillAsync("afam = 'yes'");
        await Assertions.Expect(page.Locator("#cohort-count")).ToContainTextAsync("masked for your role");
        await page.Locator("#cohort").FillAsync("pirat >");
        await Assertions.Expect(page.Locator("#cohort-count")).ToContainTextAsync("position 8");
        Assert.Empty(visit.Faults);
    }

    // What an island computes is of the rows that the bar counts.
    [SkippableFact]
    public async Task A_panel_is_computed_on_the_rows_of_the_cohort()
    {
        await using WatchedPage visit = await chromium.SignInAsync(portal, "rita");
        await visit.GoAsync("/models/hmda_biased/versions/1/importance?cohort=lvrat%20%3E%3D%200.75");
        IPage page = visit.Page;
        await Assertions.Expect(page.Locator("#cohort-n")).ToContainTextAsync("n = ", new() { Timeout = 60_000 });
        string rows = (await page.Locator("#cohort-n").InnerTextAsync()).Split(' ')[2];

        await Assertions.Expect(page.Locator("main")).ToContainTextAsync($"{rows} rows, each feature shuffled", new() { Timeout = 60_000 });
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync($"cohort: lvrat >= 0.75, n = {rows} of ");
        await visit.AssertSoundAsync();
    }
}
