using Governance.Browser.Tests.Browsing;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Demo;

/// <summary>Every page of the demo, in both themes, on a phone and on a desk.</summary>
[Collection(Browsing.BrowserTests.Name)]
public sealed class DemoPageTests(Chromium chromium, DemoPortal portal)
{
    private const string Version = "/models/hmda_biased/versions/1";

    private static readonly (string Name, string Path)[] Pages =
    [
        ("home", "/"), ("models", "/models"), ("model", "/models/hmda_biased"), ("datasets", "/datasets"),
        ("dataset", "/datasets/hmda-test"), ("overview", $"{Version}/overview"), ("explain", $"{Version}/explain"),
        ("fairness", $"{Version}/fairness"), ("performance", $"{Version}/performance"), ("evidence", $"{Version}/evidence"), ("protection", $"{Version}/protection"),
        ("sign-off", $"{Version}/sign-off"), ("history", $"{Version}/history"), ("digits", "/models/digits_cnn/versions/1/explain"),
        ("audit-spec", $"{Version}/audit-spec"), ("copy-check", $"{Version}/copy-check"), ("comparisons", "/models/hmda_biased/comparisons"),
        ("cross-validations", "/cross-validations"),
    ];

    public static TheoryData<int, ColorScheme, string> Views() => new()
    {
        { 1440, ColorScheme.Light, "rita" }, { 1440, ColorScheme.Dark, "rita" },
        { 390, ColorScheme.Light, "rita" }, { 390, ColorScheme.Dark, "rita" },
        { 1024, ColorScheme.Light, "carl" },
    };

    [SkippableTheory]
    [MemberData(nameof(Views))]
    public async Task Every_page_is_sound(int width, ColorScheme scheme, string user)
    {
        await using WatchedPage visit = await chromium.OpenAsync(portal.Address, width, scheme);
        await visit.Page.GotoAsync("/accounts/sign-in");
        await visit.KeepAsync($"sign-in-{scheme}-{width}");
        await visit.AssertSoundAsync();
        await visit.SignInAsync(portal, user);

        List<string> faults = [];
        foreach ((string name, string path) in Pages)
        {
            await visit.GoAsync(path);
            await visit.KeepAsync($"{name}-{scheme}-{width}");
            faults.AddRange(await visit.FindFaultsAsync());
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct()));
    }

    // The pages that only the owner of a model has.
    [SkippableTheory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Every_form_of_the_owner_is_sound(int width, ColorScheme scheme)
    {
        await using WatchedPage visit = await chromium.OpenAsync(portal.Address, width, scheme);
        await visit.SignInAsync(portal, "olive");

        foreach ((string name, string path) in new (string, string)[]
        {
            ("new-model", "/models/new"), ("new-version", "/models/hmda_fair/versions/new"), ("new-dataset", "/datasets/new"), ("owned", "/models/hmda_fair"),
        })
        {
            await visit.GoAsync(path);
            await visit.KeepAsync($"{name}-{scheme}-{width}");
            await visit.AssertSoundAsync();
        }
    }

    // The pages of tokens and providers, as the administrator sees them.
    [SkippableTheory]
    [InlineData(1440, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task Every_page_of_programs_is_sound(int width, ColorScheme scheme)
    {
        await using WatchedPage visit = await chromium.OpenAsync(portal.Address, width, scheme);
        await visit.SignInAsync(portal, "ada");
        foreach ((string name, string path) in new (string, string)[]
        {
            ("admin-tokens", "/admin/tokens"), ("admin-service-accounts", "/admin/service-accounts"), ("admin-sign-in", "/admin/sign-in"),
            ("account-tokens", "/account/tokens"),
        })
        {
            await visit.GoAsync(path);
            await visit.KeepAsync($"{name}-{scheme}-{width}");
            await visit.AssertSoundAsync();
        }
    }
}
