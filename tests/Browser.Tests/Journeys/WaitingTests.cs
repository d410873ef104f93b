using Governance.Browser.Tests.Browsing;
using Governance.Browser.Tests.Demo;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Journeys;

/// <summary>A page that takes its time says so at once, and stops saying so.</summary>
[Collection(BrowserTests.Name)]
public sealed class WaitingTests(Chromium chromium, DemoPortal portal)
{
    private const string Performance = "/models/hmda_biased/versions/1/performance";
    private const double Soon = 200; // milliseconds, of the browser's clock

    // From the event that asks for something to the sign; kept beyond the page.
    private const string Watch = """
        () => {
          delete sessionStorage.asked; delete sessionStorage.told;
          for (const kind of ['click', 'submit']) addEventListener(kind, () => sessionStorage.asked ??= Date.now(), { capture: true, once: true });
          new MutationObserver(() => { if ('busy' in document.documentElement.dataset) sessionStorage.told ??= Date.now(); }).observe(document.documentElement, { attributes: true });
        }
        """;

    [SkippableFact]
    public async Task A_cohort_that_is_applied_says_so_at_once_and_leaves_the_focus_in_its_field()
    {
        await using WatchedPage visit = await chromium.SignInAsync(portal, "rita");
        await visit.GoAsync(Performance);
        IPage page = visit.Page;
        double top = await TopAsync(page);

        await page.Locator("#cohort").FillAsync("lvrat > 0.8");
        await WaitingAsync(page, "**/performance?*cohort=*", () => page.Keyboard.PressAsync("Enter"), top);

        await Assertions.Expect(page.Locator("#cohort-n")).ToContainTextAsync("n = ", new() { Timeout = 30_000 });
        await Assertions.Expect(page.Locator("#cohort")).ToBeFocusedAsync();
        await visit.DrawnAsync();
        Assert.Equal(0, await page.Locator("gov-plot .plot-state:visible").CountAsync()); // none says that it is still drawn
        Assert.Empty(visit.Faults);
    }

    [SkippableFact]
    public async Task So_do_a_link_and_a_form_that_bring_another_page_and_the_way_back()
    {
        await using WatchedPage visit = await chromium.SignInAsync(portal, "rita");
        await visit.GoAsync(Performance);
        IPage page = visit.Page;
        double top = await TopAsync(page);

        await WaitingAsync(page, "**/fairness*", () => page.Locator($"main a[href^='{Performance.Replace("performance", "fairness", StringComparison.Ordinal)}']").First.ClickAsync(), top);
        await page.ArriveAsync("/fairness");
        await visit.GoAsync("/models");
        await page.RouteAsync("**/models?*", async route =>
        {
            await Task.Delay(700); // a form that is not enhanced: the page that is left answers no questions until the next one is there
            await route.ContinueAsync();
        });
        await page.EvaluateAsync(Watch);
        await page.GetByRole(AriaRole.Search, new() { Name = "Filter models" }).GetByRole(AriaRole.Button).First.ClickAsync();
        await page.ArriveAsync("/models?");
        Assert.InRange(await page.EvaluateAsync<double>("() => Number(sessionStorage.told) - Number(sessionStorage.asked)"), 1, Soon);
        await page.GoBackAsync();

        Assert.False(await IsBusyAsync(page));
        Assert.Empty(visit.Faults);
    }

    // The answer waits until the sign was seen; then the sign goes.
    private static async Task WaitingAsync(IPage page, string address, Func<Task> ask, double top)
    {
        TaskCompletionSource seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await page.RouteAsync(address, async route =>
        {
            await seen.Task;
            await route.ContinueAsync();
        });
        await page.EvaluateAsync(Watch);
        Task asked = ask();
        IJSHandle told = await page.WaitForFunctionAsync("() => sessionStorage.told && document.getElementById('busy').textContent && Number(sessionStorage.told) - Number(sessionStorage.asked)");

        Assert.InRange(await told.JsonValueAsync<double>(), 1, Soon);
        Assert.Equal("Loading …", await page.Locator("#busy").TextContentAsync());
        Assert.Equal(top, await TopAsync(page)); // nothing jumps
        seen.SetResult();
        await asked;
        await page.WaitForFunctionAsync("() => !('busy' in document.documentElement.dataset) && document.getElementById('busy').textContent === ''");
        await page.UnrouteAsync(address);
    }

    private static Task<double> TopAsync(IPage page) => page.EvaluateAsync<double>("() => document.querySelector('main').getBoundingClientRect().top + scrollY");

    private static Task<bool> IsBusyAsync(IPage page) => page.EvaluateAsync<bool>("() => 'busy' in document.documentElement.dataset");
}
