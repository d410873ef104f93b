using Governance.Browser.Tests.Browsing;
using Governance.Portal.CommandLine;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Explanations;

/// <summary>The report of <c>governance explain --report</c>, opened alone from disk.</summary>
[Collection(BrowserTests.Name)]
public sealed class ReportFileTests(Chromium chromium)
{
    private static readonly string Samples = Path.Combine(AppContext.BaseDirectory, "samples");

    [SkippableTheory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task Opens_from_disk_without_a_fault_and_without_the_network(int width, ColorScheme scheme)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("governance-");
        try
        {
            string path = await WriteAsync(folder.FullName);
            await using WatchedPage page = await chromium.OpenAsync("file://", width, scheme);

            await page.Page.GotoAsync($"file://{path}");
            await page.Page.EvaluateAsync("() => document.querySelectorAll('details').forEach(each => each.open = true)");
            await page.KeepAsync($"report-{scheme}-{width}");

            await page.AssertSoundAsync();
            Assert.Equal(4, await page.Page.Locator("svg.chart").CountAsync());
            Assert.True(await page.Page.Locator("rect.mass").First.EvaluateAsync<double>("bar => bar.getBoundingClientRect().width") > 20);
            Assert.NotEqual("rgb(0, 0, 0)", await page.Page.Locator("rect.mass").First.EvaluateAsync<string>("bar => getComputedStyle(bar).fill"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> WriteAsync(string folder)
    {
        string path = Path.Combine(folder, "report.html");
        await using StringWriter error = new();
        int code = await GovernanceCommand.RunAsync(
            [
                "explain", Path.Combine(Samples, "models", "hmda_gbt", "model.onnx"), "--data", Path.Combine(Samples, "hmda", "test.csv"),
                "--encoding", Path.Combine(Samples, "models", "hmda_gbt", "manifest.json"), "--method", "kernel", "--samples", "256", "--row", "21,39",
                "--no-cache", "--quiet", "--report", path,
            ],
            TextWriter.Null, error, CancellationToken.None);
        Assert.True(code == 0, error.ToString());
        return path;
    }
}
