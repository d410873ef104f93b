using AngleSharp.Html.Dom;
using Governance.Audit.Registrations;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Versions;
using Governance.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Quarantine;

/// <summary>The version's page shows what was found in its file.</summary>
[Collection(PortalTests.Name)]
public sealed class InspectionPanelTests(SamplePortal portal)
{
    [Fact]
    public async Task A_sound_version_shows_that_all_checks_passed()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");

        IHtmlDocument page = await rita.GetAsync("/models/hmda_biased/versions/1/overview");

        string panel = page.QuerySelector("section[aria-labelledby=inspection]")!.TextContent;
        Assert.Matches(@"All \d+ checks passed", panel);
        Assert.Contains("Deterministic.", panel, StringComparison.Ordinal);
        Assert.DoesNotContain("Flagged", panel, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flag_stands_first()
    {
        Actor owner = Actor.Person(portal["dev"]);
        await portal.Services.GetRequiredService<RegisterModel>().RunAsync(
            owner, new NewModel("flagged-file", "Flagged", "Has a weight that is no number.", RiskTier.Low), default);
        RegisterVersionOutcome outcome = await portal.Services.GetRequiredService<AdmitVersion>().RunAsync(
            owner, "flagged-file", GivenModel.Logistic([float.NaN, 1, 2], 0), null, "Flagged.", [], default);
        int number = Assert.IsType<RegisterVersionOutcome.Registered>(outcome).Version.Number;
        using SignedInClient dev = await portal.SignInAsync("dev");

        IHtmlDocument page = await dev.GetAsync($"/models/flagged-file/versions/{number}/overview");

        string panel = page.QuerySelector("section[aria-labelledby=inspection]")!.TextContent;
        Assert.Contains("checks raised a flag", panel, StringComparison.Ordinal);
        Assert.True(panel.IndexOf("Weights finite.", StringComparison.Ordinal) < panel.IndexOf("Operators.", StringComparison.Ordinal));
    }
}
