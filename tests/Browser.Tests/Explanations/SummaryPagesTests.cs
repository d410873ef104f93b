using Governance.Browser.Tests.Browsing;
using Governance.Browser.Tests.Demo;

namespace Governance.Browser.Tests.Explanations;

/// <summary>The pages over all explained rows in the browser: drawn, and sound.</summary>
[Collection(BrowserTests.Name)]
public sealed class SummaryPagesTests(Chromium chromium, DemoPortal portal)
{
    private const string Version = "/models/hmda_biased/versions/1";

    [SkippableFact]
    public async Task Every_view_is_drawn_and_sound()
    {
        await using WatchedPage visit = await chromium.OpenAsync(portal.Address);
        await visit.SignInAsync(portal, "rita");
        foreach ((string name, string path) in new (string, string)[]
        {
            ("dependence", $"{Version}/dependence?of=pirat"), ("dependence-level", $"{Version}/dependence?of=afam"),
            ("instances", $"{Version}/instances"), ("instances-output", $"{Version}/instances?order=output"),
        })
        {
            await visit.GoAsync(path);
            await visit.DrawnAsync();
            await visit.AssertSoundAsync(name);
        }
    }
}
