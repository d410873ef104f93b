using Governance.Browser.Tests.Browsing;
using Governance.Browser.Tests.Demo;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Variants;

/// <summary>A look inside a forest in the browser: asked for, computed in the queue, and read on the Variants tab.</summary>
[Collection(BrowserTests.Name)]
public sealed class InsideTests(Chromium chromium, DemoPortal portal)
{
    private const string Variants = "/models/attrition_income_rf/versions/1/variants";

    [SkippableFact]
    public async Task A_reviewer_looks_inside_a_forest_and_sees_its_trees_one_by_one()
    {
        await using WatchedPage visit = await chromium.SignInAsync(portal, "rita");
        await visit.GoAsync(Variants);
        ILocator inside = visit.Page.GetByRole(AriaRole.Region, new() { Name = "What is inside" });
        Assert.DoesNotContain("Its trees", await inside.InnerTextAsync(), StringComparison.Ordinal);
        await inside.GetByRole(AriaRole.Button, new() { Name = "Look inside" }).ClickAsync();

        await SealedAsync(visit, inside);

        string text = await inside.InnerTextAsync();
        Assert.Contains("Bagging: each tree is a model by itself", text, StringComparison.Ordinal);
        Assert.Contains("Single trees by themselves", text, StringComparison.Ordinal);
        Assert.Contains("Half of all that", text, StringComparison.Ordinal); // what each tree moves
        Assert.Contains("rows held out", text, StringComparison.Ordinal); // the surrogates
        ILocator plots = inside.Locator("gov-plot[data-drawn=true]");
        Assert.True(await plots.CountAsync() >= 3, text);

        // Each drawing has its table: by it, the stages of the forest end with all trees.
        IReadOnlyList<string> stages = await inside.Locator("figure.plot").Filter(new() { Has = visit.Page.Locator("gov-plot[name=inside-stages-0]") })
            .Locator(".twin tbody tr").EvaluateAllAsync<string[]>("rows => rows.map(row => row.cells[0].textContent.trim())");
        Assert.True(stages.Count > 2, string.Join(", ", stages));
        Assert.Equal("1", stages[0]);
        foreach ((int width, ColorScheme scheme) in ((int, ColorScheme)[])[(1440, ColorScheme.Light), (390, ColorScheme.Dark)])
        {
            await visit.SeeAsync(width, scheme);
            await visit.KeepAsync($"inside-{scheme}-{width}");
            await visit.AssertSoundAsync();
        }
    }

    // The run is watched on the page; what it found is there when the page is opened again.
    private static async Task SealedAsync(WatchedPage visit, ILocator inside)
    {
        for (int beat = 0; beat < 120; beat++)
        {
            await visit.GoAsync(Variants);
            string text = await inside.InnerTextAsync();
            Assert.DoesNotContain("Failed", text, StringComparison.Ordinal);
            if (text.Contains("Its trees", StringComparison.Ordinal))
            {
                return;
            }

            await Task.Delay(2_000);
        }

        throw new TimeoutException("The look inside did not end in four minutes.");
    }
}
