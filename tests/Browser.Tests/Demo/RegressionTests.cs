using System.Globalization;
using System.Text.Json;
using Governance.Browser.Tests.Browsing;
using Governance.Tests;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Demo;

/// <summary>The demo's model of numbers: its metrics are scikit-learn's, and its residuals are computed, drawn and sound.</summary>
[Collection(BrowserTests.Name)]
public sealed class RegressionTests(Chromium chromium, DemoPortal portal)
{
    private const string Version = "/models/attrition_income_rf/versions/1";

    [SkippableFact]
    public async Task Residuals_are_drawn_by_prediction_by_column_and_as_a_histogram()
    {
        using JsonDocument file = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(Reference.Repository, "samples", "models", "expected_metrics.json")));
        double error = file.RootElement.GetProperty("attrition_income_rf").GetProperty("rmse").GetDouble();
        await using WatchedPage visit = await chromium.SignInAsync(portal, "rita");

        await visit.GoAsync($"{Version}/performance");
        Assert.Contains($"Misses by {error.ToString("N1", CultureInfo.InvariantCulture)} [", await visit.TextAsync(), StringComparison.Ordinal);
        await visit.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Residuals" }).Last.ClickAsync();
        await visit.Page.Locator("gov-plot[name=residuals-by-column][data-drawn=true]").WaitForAsync(new() { Timeout = 60_000 });
        await visit.Page.Locator("#column").SelectOptionAsync("job_level");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("of job_level");
        await visit.DrawnAsync();

        Assert.Equal(3, await visit.Page.Locator("gov-plot[data-drawn=true]").CountAsync());
        await visit.AssertSoundAsync("income-residuals");
    }
}
