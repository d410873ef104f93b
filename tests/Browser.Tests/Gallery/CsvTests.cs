using Governance.Browser.Tests.Browsing;
using Governance.Tests;

namespace Governance.Browser.Tests.Gallery;

[Collection(Browsing.BrowserTests.Name)]
public sealed class CsvTests(Chromium chromium, GalleryHost host) : IClassFixture<GalleryHost>
{
    // The twin of CsvWriter: the same table of examples.
    [SkippableFact]
    public async Task The_browser_writes_cells_as_the_server_does()
    {
        await using WatchedPage page = await chromium.OpenAsync(host.Address);
        await page.GoAsync("/gallery/plots");
        object[][] examples = [.. CsvExamples.All()];

        string[] written = await page.Page.EvaluateAsync<string[]>(
            "cells => import('/js/csv.js').then(csv => cells.map(csv.cell))", examples.Select(example => (string)example[0]).ToArray());

        Assert.Equal(examples.Select(example => (string)example[1]), written);
        await page.AssertSoundAsync();
    }
}
