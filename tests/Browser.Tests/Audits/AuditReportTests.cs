using Governance.Browser.Tests.Browsing;
using Governance.Portal.CommandLine;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Audits;

/// <summary>The report of <c>governance audit --html</c>, opened alone from disk.</summary>
[Collection(BrowserTests.Name)]
public sealed class AuditReportTests(Chromium chromium)
{
    private static readonly string Samples = Path.Combine(AppContext.BaseDirectory, "samples");

    [SkippableTheory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task Opens_from_disk_without_a_fault_and_switches_its_register_without_script(int width, ColorScheme scheme)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("governance-");
        try
        {
            string path = await WriteAsync(folder.FullName);
            await using WatchedPage page = await chromium.OpenAsync("file://", width, scheme);

            await page.Page.GotoAsync($"file://{path}");
            await page.Page.EvaluateAsync("() => document.querySelectorAll('details').forEach(each => each.open = true)");
            await page.KeepAsync($"audit-report-{scheme}-{width}");

            await page.AssertSoundAsync();
            Assert.Contains("hmda_biased: 2 limits of 4 breached", await page.Page.InnerTextAsync("main"), StringComparison.Ordinal);
            ILocator technical = page.Page.GetByText("demographic_parity_ratio by afam = 0.267").First;
            Assert.False(await technical.IsVisibleAsync());
            await page.Page.GetByLabel("data scientists").CheckAsync();
            Assert.True(await technical.IsVisibleAsync());
            await page.AssertSoundAsync();
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
            ["audit", Path.Combine(Samples, "hmda-quarterly.yaml"), "--model", "hmda_biased", "--quiet", "--html", path], TextWriter.Null, error, CancellationToken.None);
        Assert.True(code == 1, error.ToString());
        return path;
    }
}
