namespace Governance.Browser.Tests.Browsing;

/// <summary>The check that every page goes through finds what is wrong.</summary>
[Collection(BrowserTests.Name)]
public sealed class AxeTests(Chromium chromium)
{
    [SkippableTheory]
    [InlineData("<img src='data:,'>", "image-alt")]
    [InlineData("<p style='color:#999;background:#aaa'>Hardly to be read</p>", "color-contrast")]
    [InlineData("<input type='text'>", "label")]
    public async Task A_fault_is_named(string fault, string rule)
    {
        await using WatchedPage visit = await chromium.OpenAsync("http://127.0.0.1");
        await visit.Page.SetContentAsync($"<!doctype html><html lang='en'><title>Page</title><main><h1>Page</h1>{fault}</main></html>");

        Assert.Contains($" {rule}: ", Assert.Single(await visit.Page.FindViolationsAsync()), StringComparison.Ordinal);
    }
}
