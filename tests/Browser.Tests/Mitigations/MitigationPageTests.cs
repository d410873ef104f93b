using Governance.Browser.Tests.Browsing;
using Governance.Browser.Tests.Demo;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Mitigations;

/// <summary>Mitigation in the browser: computed while one watches, drawn, sound, and registered by who may.</summary>
[Collection(BrowserTests.Name)]
public sealed class MitigationPageTests(Chromium chromium, DemoPortal portal)
{
    private const string Version = "/models/hmda_biased/versions/1";

    private static readonly LocatorWaitForOptions Patient = new() { Timeout = 60_000 };

    [SkippableFact]
    public async Task Costs_rules_and_frontier_are_computed_drawn_and_sound()
    {
        await using WatchedPage visit = await chromium.SignInAsync(portal, "rita");

        await visit.GoAsync($"{Version}/mitigation?alike=equalized-odds");
        await visit.Page.Locator("gov-plot[data-drawn=true]").First.WaitForAsync(Patient);
        await visit.DrawnAsync();
        await visit.AssertSoundAsync("mitigation");

        string text = await visit.TextAsync();
        Assert.Contains("Fitted on", text);
        Assert.Contains("Your role does not register versions", text);
    }

    [SkippableFact]
    public async Task A_developer_registers_the_thresholds_as_a_draft_of_the_model()
    {
        await using WatchedPage visit = await chromium.SignInAsync(portal, "dev");

        await visit.GoAsync($"{Version}/mitigation?by=deterministic");
        ILocator button = visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Register as a new version" });
        await button.WaitForAsync(Patient);
        await visit.Page.GetByLabel("What is new in it").FillAsync("Equal selection rates by race.");
        await button.ClickAsync();
        await visit.Page.GetByText("Equal selection rates by race.").First.WaitForAsync(Patient); // the note of the new version

        string text = await visit.TextAsync();
        Assert.Contains("thresholds by afam for demographic-parity", text);
        Assert.Contains("post-processed from hmda_biased v1", text);
        await visit.AssertSoundAsync();
    }
}
