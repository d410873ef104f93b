using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Governance.Registry.Deployments;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Monitors;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Governance.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Monitoring;

/// <summary>The monitoring pages on thirty days of readings of a hundred columns, written as a monitor writes them.</summary>
[Collection(TimedTests.Name)]
public sealed class MonitoringPagesTests(SamplePortal portal)
{
    [SkippableFact]
    public async Task Thirty_days_of_a_hundred_columns_open_and_lead_to_each_window()
    {
        DeploymentId id = await SeedAsync("hmda_fair", "speed", columns: 100);
        using SignedInClient rita = await portal.SignInAsync("rita");

        IHtmlDocument seen = await rita.GetAsync($"/deployments/{id}/monitoring");

        Assert.Contains("C0, drift is past its limit", seen.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(seen.QuerySelector("gov-plot[name=lanes]"));
        IElement link = seen.QuerySelectorAll("ul.windows a").Single(each => each.TextContent.StartsWith("13 Feb 2026", StringComparison.Ordinal));
        IHtmlDocument window = await rita.GetAsync(link.GetAttribute("href")!);
        Assert.Contains("13 Feb 2026", window.QuerySelector("#chosen")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("c0", window.QuerySelector("#window tbody tr")!.TextContent, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_cohort_has_its_own_readings_and_the_file_has_all()
    {
        DeploymentId id = await SeedAsync("hmda_fair", "cohorts", columns: 2);
        using SignedInClient rita = await portal.SignInAsync("rita");

        IHtmlDocument young = await rita.GetAsync($"/deployments/{id}/monitoring?cohort=young&days=0");
        Assert.Equal("young", young.QuerySelector("#cohort option[selected]")!.TextContent);
        Assert.Equal("Nothing is past its limit in the last windows of one series", young.QuerySelector("h1")!.TextContent);
        string csv = await rita.DownloadAsync($"/deployments/{id}/monitoring.csv?days=0");
        Assert.Equal(1 + (30 * 9) + 22, csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.StartsWith("window_from,window_to,monitor", csv, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task The_tab_of_the_version_shows_its_deployment_and_strangers_see_neither()
    {
        DeploymentId id = await SeedAsync("hmda_biased", "tab", columns: 2);
        using SignedInClient aude = await portal.SignInAsync("aude");
        using SignedInClient coen = await portal.SignInAsync("coen");

        IHtmlDocument tab = await aude.GetAsync("/models/hmda_biased/versions/1/monitoring?from=2026-02-05T00:00:00Z&to=2026-02-06T00:00:00Z");
        Assert.Contains("5 Feb 2026", tab.QuerySelector("#chosen")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await coen.StatusAsync($"/deployments/{id}/monitoring"));
        Assert.Equal(HttpStatusCode.NotFound, await coen.StatusAsync($"/deployments/{id}/monitoring.csv"));
    }

    // A sample version is a draft: its deployment is put on record as the use case would for an approved one.
    private async Task<DeploymentId> SeedAsync(string model, string environment, int columns)
    {
        ModelVersionId version = await portal.VersionAsync(model, 1);
        await using GovernanceDb db = await portal.Services.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();
        ModelId owner = (await db.Versions.AsNoTracking().SingleAsync(row => row.Id == version)).Model;
        DeploymentId id = DeploymentId.New();
        MonitorPlanId plan = MonitorPlanId.New();
        await portal.Services.GetRequiredService<AppendGate>().RunAsync(Actor.System, change =>
        {
            change.Add(new Deployment(id, owner, version, environment, DeploymentRole.Outside, 1, GivenReadings.Start, null, null, change.Now), "deployment.begun", null);
            change.Add(new MonitorPlan(plan, id, "test", Plan, null, change.Now), "plan.assigned", null);
            return Task.FromResult(true);
        }, default);
        db.MonitorReadings.AddRange(GivenReadings.Of(id, plan, columns));
        await db.SaveChangesAsync();
        return id;
    }

    private const string Plan = """
        governance: monitors/1
        name: test
        budget: { falseAlerts: 1, per: month }
        windows: { day: { every: day } }
        monitors:
          - { id: drift, kind: drift, window: day }
        """;
}
