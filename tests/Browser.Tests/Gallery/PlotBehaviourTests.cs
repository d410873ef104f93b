using Governance.Browser.Tests.Browsing;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Gallery;

[Collection(Browsing.BrowserTests.Name)]
public sealed class PlotBehaviourTests(Chromium chromium, GalleryHost host) : IClassFixture<GalleryHost>
{
    private const string FirstBar = "() => getComputedStyle(document.querySelector('gov-plot[name=bars] .bars .point path')).fill";

    [SkippableFact]
    public async Task Follows_the_theme_that_the_switch_chooses_and_keeps_it()
    {
        await using WatchedPage page = await chromium.OpenAsync(host.Address);
        await page.GoAsync("/gallery/plots");
        Assert.Equal("rgb(93, 107, 121)", await page.Page.EvaluateAsync<string>(FirstBar));

        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Dark" }).ClickAsync();

        await page.Page.WaitForFunctionAsync("() => getComputedStyle(document.querySelector('gov-plot[name=bars] .bars .point path')).fill === 'rgb(135, 149, 162)'");
        await page.GoAsync("/gallery/parts");
        Assert.Equal("dark", await page.Page.Locator("html").GetAttributeAsync("data-theme"));
        await page.AssertSoundAsync();
    }

    [SkippableFact]
    public async Task Draws_the_other_figure_after_enhanced_navigation()
    {
        await using WatchedPage page = await chromium.OpenAsync(host.Address);
        await page.GoAsync("/gallery/plots");
        await page.Page.EvaluateAsync("() => { window.sameDocument = true; }");

        await page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Next case" }).ClickAsync();

        await page.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Debt-to-income carries 62 %" }).WaitForAsync();
        await page.Page.WaitForFunctionAsync("() => document.querySelector('gov-plot[name=bars] .plot-canvas').layout.xaxis.range[1] > 1.2");
        Assert.StartsWith("Debt-to-income carries 62 %", await page.Page.Locator("gov-plot[name=bars] [role=img]").GetAttributeAsync("aria-label"));
        Assert.True(await page.Page.EvaluateAsync<bool>("() => window.sameDocument === true"), "The browser loaded a new document.");
        await page.AssertSoundAsync();
    }

    [SkippableFact]
    public async Task Draws_after_enhanced_navigation_from_a_page_without_plots()
    {
        await using WatchedPage page = await chromium.OpenAsync(host.Address);
        await page.GoAsync("/gallery/parts");

        await page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Plots" }).ClickAsync();

        await page.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Plots", Exact = true }).WaitForAsync();
        await page.DrawnAsync();
        await page.AssertSoundAsync();
    }

    [SkippableTheory]
    [InlineData("CSV", "Feature,\"Mean, log-odds\"\r\nDebt-to-income ratio,0.614\r\n")]
    [InlineData("SVG", "<svg")]
    [InlineData("PNG", "\u0089PNG")]
    public async Task Exports(string kind, string beginning)
    {
        await using WatchedPage page = await chromium.OpenAsync(host.Address);
        await page.GoAsync("/gallery/plots");

        IDownload download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page
            .GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = "Export: Debt-to-income carries" })
            .GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = kind }).ClickAsync());

        Assert.Equal($"bars.{kind.ToLowerInvariant()}", download.SuggestedFilename);
        string content = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(await download.PathAsync()));
        Assert.StartsWith(beginning, content);
        await page.AssertSoundAsync();
    }

    [SkippableFact]
    public async Task Without_script_the_numbers_are_there()
    {
        await using WatchedPage page = await chromium.OpenAsync(host.Address, script: false);
        await page.Page.GotoAsync("/gallery/plots");

        await page.Page.GetByText("Table of these numbers (6 rows)").ClickAsync();

        Assert.True(await page.Page.GetByRole(AriaRole.Cell, new PageGetByRoleOptions { Name = "0.614" }).IsVisibleAsync());
    }

    [SkippableFact]
    public async Task The_keyboard_reaches_the_drawing_and_the_search()
    {
        await using WatchedPage page = await chromium.OpenAsync(host.Address);
        await page.GoAsync("/gallery/plots");

        await page.Page.Locator("gov-plot[name=bars] [role=img]").FocusAsync();
        Assert.StartsWith("Debt-to-income carries 31 %", await page.Page.EvaluateAsync<string>("() => document.activeElement.getAttribute('aria-label')"));
        await page.Page.Keyboard.PressAsync("/");

        Assert.Equal("searchbox", await page.Page.EvaluateAsync<string>("() => document.activeElement.type === 'search' ? 'searchbox' : document.activeElement.tagName"));
    }

    [SkippableFact]
    public async Task Takes_the_narrow_drawing_when_the_window_narrows()
    {
        await using WatchedPage page = await chromium.OpenAsync(host.Address);
        await page.GoAsync("/gallery/plots");

        await page.Page.SetViewportSizeAsync(390, 900);

        await page.Page.WaitForFunctionAsync("() => document.querySelector('gov-plot[name=swarm] .plot-canvas').layout.height === 240");
        await page.AssertSoundAsync();
    }
}
