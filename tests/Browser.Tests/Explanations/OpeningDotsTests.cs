using Governance.Browser.Tests.Browsing;
using Governance.Browser.Tests.Demo;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Explanations;

/// <summary>Dots of plots that open what they stand for.</summary>
[Collection(BrowserTests.Name)]
public sealed class OpeningDotsTests(Chromium chromium, DemoPortal portal)
{
    private const string Version = "/models/hmda_biased/versions/1";

    [SkippableFact]
    public async Task A_dot_of_the_beeswarm_opens_its_row_as_a_case()
    {
        await using WatchedPage visit = await chromium.SignInAsync(portal, "rita");
        await visit.GoAsync($"{Version}/explain");

        await ClickAsync(visit.Page, "attributions", await PlaceAsync(visit.Page, "attributions"));
        await visit.Page.ArriveAsync("/cases/", "?evidence=");

        // The address comes before the page.
        string row = new Uri(visit.Page.Url).Segments[^1];
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Main)).ToContainTextAsync($"row {row}", new() { IgnoreCase = true });
        await visit.DrawnAsync();
        Assert.Empty(visit.Faults);
    }

    [SkippableFact]
    public async Task A_dot_of_the_error_tree_opens_its_rows_as_a_cohort()
    {
        await using WatchedPage visit = await chromium.SignInAsync(portal, "rita");
        await visit.GoAsync($"{Version}/error-tree?depth=2&rows=200");
        ILocator nodes = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Nodes of the error tree" });
        await nodes.WaitForAsync(new() { Timeout = 60_000 });
        await visit.DrawnAsync();
        string[] conditions = [.. await nodes.Locator("code").AllTextContentsAsync()];

        // The first dot is of all rows, which are no cohort.
        await ClickDotAsync(visit.Page, "error-tree", 1);
        await visit.Page.ArriveAsync("/performance?", "cohort=");

        string address = Uri.UnescapeDataString(visit.Page.Url);
        Assert.Contains(conditions, condition => address.EndsWith($"cohort={condition}", StringComparison.Ordinal));
        Assert.Empty(visit.Faults);
    }

    private static async Task ClickDotAsync(IPage page, string plot, int dot)
    {
        ILocator point = page.Locator($"gov-plot[name={plot}] .scatterlayer .trace:first-child .points path").Nth(dot);
        await point.ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult box = (await point.BoundingBoxAsync())!;
        await ClickAsync(page, plot, [box.X + (box.Width / 2), box.Y + (box.Height / 2)]);
    }

    // Dots of a swarm are no elements of their own: the first one's place, by the axes as they are drawn.
    private static async Task<float[]> PlaceAsync(IPage page, string plot)
    {
        ILocator canvas = page.Locator($"gov-plot[name={plot}] .plot-canvas");
        await canvas.ScrollIntoViewIfNeededAsync();
        Assert.True(await canvas.Locator(".shapelayer path").CountAsync() > 1);
        return await canvas.EvaluateAsync<float[]>("""
            canvas => {
              const [box, { xaxis, yaxis }, [trace]] = [canvas.getBoundingClientRect(), canvas._fullLayout, canvas.data];
              return [box.x + xaxis._offset + xaxis.c2p(trace.x[0]), box.y + yaxis._offset + yaxis.c2p(trace.y[0])];
            }
            """);
    }

    // Plotly's own layer takes the pointer, and a click counts where the pointer has hovered.
    private static async Task ClickAsync(IPage page, string plot, float[] place)
    {
        await page.Mouse.MoveAsync(place[0] - 3, place[1] - 3);
        await page.Mouse.MoveAsync(place[0], place[1]);
        await page.Locator($"gov-plot[name={plot}] .plot-canvas.opens").WaitForAsync();
        await page.Mouse.ClickAsync(place[0], place[1]);
    }
}
