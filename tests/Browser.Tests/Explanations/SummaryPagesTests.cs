using Governance.Browser.Tests.Browsing;
using Governance.Browser.Tests.Demo;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Explanations;

/// <summary>The pages over all explained rows in the browser: drawn, and sound.</summary>
[Collection(BrowserTests.Name)]
public sealed class SummaryPagesTests(Chromium chromium, DemoPortal portal)
{
    private const string Version = "/models/hmda_biased/versions/1";

    [SkippableTheory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Every_view_is_drawn_and_sound(int width, ColorScheme scheme)
    {
        await using WatchedPage visit = await chromium.OpenAsync(portal.Address, width, scheme);
        await visit.SignInAsync(portal, "rita");
        foreach ((string name, string path) in new (string, string)[]
        {
            ("explain-global", $"{Version}/explain"), ("dependence", $"{Version}/dependence?of=pirat"), ("dependence-level", $"{Version}/dependence?of=afam"),
            ("instances", $"{Version}/instances"), ("instances-output", $"{Version}/instances?order=output"),
        })
        {
            await visit.GoAsync(path);
            await visit.DrawnAsync();
            await visit.KeepAsync($"{name}-{scheme}-{width}");
            await visit.AssertSoundAsync();
        }
    }
}
