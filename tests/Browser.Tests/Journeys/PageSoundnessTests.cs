using Governance.Browser.Tests.Browsing;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Journeys;

/// <summary>Every page, in both themes, narrow and wide: axe finds nothing, nothing overflows, nothing fails.</summary>
[Collection(BrowserTests.Name)]
public sealed class PageSoundnessTests(Chromium chromium, DemoPortal portal)
{
    private const string Version = "/models/hmda_gbt/versions/1";

    private static readonly (string User, string[] Pages)[] Visits =
    [
        ("rita",
        [
            "/", "/models", "/models/hmda_gbt", Version, $"{Version}/explain", $"{Version}/fairness", $"{Version}/performance",
            $"{Version}/evidence", $"{Version}/sign-off", $"{Version}/history", "/models/digits_cnn/versions/1/explain", "/datasets",
            "/datasets/hmda-test",
        ]),
        ("olive", ["/models/new", "/models/hmda_logreg", "/models/hmda_logreg/versions/new", "/models/hmda_logreg/versions/1", "/datasets/new"]),
        ("ada", ["/models"]),
    ];

    public static TheoryData<int, ColorScheme> Views() => new()
    {
        { 390, ColorScheme.Light },
        { 390, ColorScheme.Dark },
        { 1440, ColorScheme.Light },
        { 1440, ColorScheme.Dark },
    };

    [SkippableTheory]
    [MemberData(nameof(Views))]
    public async Task Every_page_is_sound(int width, ColorScheme scheme)
    {
        List<string> faults = [];
        foreach ((string user, string[] paths) in Visits)
        {
            await using WatchedPage page = await chromium.SignInAsync(portal, user, width, scheme);
            foreach (string path in paths)
            {
                await page.GoAsync(path);
                await page.KeepAsync($"{path.Trim('/').Replace('/', '_')}-{user}-{scheme}-{width}");
                try
                {
                    await page.AssertSoundAsync();
                }
                catch (Xunit.Sdk.XunitException fault)
                {
                    faults.Add($"{path}: {fault.Message}");
                }
            }
        }

        Assert.True(faults.Count == 0, string.Join("\n\n", faults));
    }

    [SkippableTheory]
    [MemberData(nameof(Views))]
    public async Task The_sign_in_page_is_sound(int width, ColorScheme scheme)
    {
        await using WatchedPage page = await chromium.OpenAsync(portal.Address, width, scheme);
        await page.GoAsync("/accounts/sign-in");
        await page.KeepAsync($"sign-in-{scheme}-{width}");

        await page.AssertSoundAsync();
    }
}
