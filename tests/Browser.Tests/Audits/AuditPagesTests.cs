using Governance.Browser.Tests.Browsing;
using Governance.Browser.Tests.Demo;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Audits;

/// <summary>The pages of an evidence item and of audits by spec.</summary>
[Collection(BrowserTests.Name)]
public sealed class AuditPagesTests(Chromium chromium, DemoPortal portal)
{
    private const string Version = "/models/hmda_biased/versions/1";

    [SkippableFact]
    public async Task Evidence_in_both_registers_and_the_spec_s_form_are_sound()
    {
        await using WatchedPage visit = await chromium.SignInAsync(portal, "rita");
        await visit.GoAsync($"{Version}/evidence");
        string item = (await visit.Page.Locator("a.name").First.GetAttributeAsync("href"))!;

        await visit.GoAsync(item);
        await visit.AssertSoundAsync("evidence-item");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "For data scientists" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByText("demographic_parity_ratio by afam").First).ToBeVisibleAsync();
        await visit.AssertSoundAsync("evidence-item-scientists");

        await visit.GoAsync($"{Version}/audit-spec?data=hmda-test");
        await visit.AssertSoundAsync("audit-spec");
        await visit.Page.GetByLabel("Spec", new() { Exact = true }).FillAsync("governance: audit/1\nnam: x\n");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Request the audit" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("line 2, column 1");
        await visit.AssertSoundAsync("audit-spec-refused");
    }
}
