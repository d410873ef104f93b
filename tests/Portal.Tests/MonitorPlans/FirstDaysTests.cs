using Governance.Audit.Data;
using Governance.Audit.Monitoring;
using Governance.Audit.Traffic;
using Governance.Portal.Features.Demo;
using Governance.Portal.Tests.Traffic;
using Governance.Registry.Deployments;
using Governance.Registry.Ledger;
using Governance.Registry.Monitors;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Governance.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.MonitorPlans;

/// <summary>A plan whose reference is the first days of the traffic.</summary>
[Collection(PortalTests.Name)]
public sealed class FirstDaysTests(SamplePortal portal)
{
    private const int ReferenceDays = 14;

    private const string Plan = """
        governance: monitors/1
        name: first-days
        seed: 3
        budget: { falseAlerts: 1, per: month }
        reference: { firstDays: 14 }
        windows: { day: { every: day }, week: { every: week } }
        monitors:
          - { id: inputs, kind: drift, window: day, columns: [pirat, afam] }
          - { id: estimated, kind: estimate, window: week, metrics: [accuracy] }
        """;

    [Fact]
    public async Task They_are_waited_for_with_their_labels_and_nothing_of_them_is_read_again()
    {
        DateTimeOffset first = GivenTraffic.FirstDay;
        DeploymentId deployment = await DeployedAsync();
        Assert.IsType<MonitorPlanOutcome.Assigned>(await portal.Services.GetRequiredService<AssignMonitors>().RunAsync(Actor.System, deployment, Plan, default));
        RunMonitors run = portal.Services.GetRequiredService<RunMonitors>();

        MonitorRun none = await run.RunAsync(deployment, first.AddDays(3), default);
        await SendAsync(deployment);
        MonitorRun early = await run.RunAsync(deployment, first.AddDays(ReferenceDays), default);
        MonitorRun made = await run.RunAsync(deployment, first.AddDays(60), default);

        Assert.Contains("there is no traffic yet", none.Refused, StringComparison.Ordinal);
        Assert.Contains("fewer than 90 % of their labels are known", early.Refused, StringComparison.Ordinal); // they come after five days
        Assert.Null(made.Refused);
        IReadOnlyList<MonitorReading> readings = await portal.Services.GetRequiredService<MonitorReadingQueries>()
            .BetweenAsync(deployment, first, first.AddDays(90), default);
        Assert.All(readings, reading => Assert.True(reading.WindowFrom >= first.AddDays(ReferenceDays)));
        Assert.Equal(
            first.AddDays(DemoTraffic.DriftFrom),
            readings.First(reading => reading is { Column: "pirat", Verdict: MonitorVerdict.Warning or MonitorVerdict.Breach }).WindowFrom);
        Assert.Contains(readings, reading => reading is { Monitor: "estimated", Value: not null });
    }

    // A sample version is a draft: its deployment is put on record as the use case would for an approved one, long after its traffic.
    private async Task<DeploymentId> DeployedAsync()
    {
        ModelVersionId version = await portal.VersionAsync("hmda_biased", 1);
        await using GovernanceDb db = await portal.Services.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();
        ModelVersion row = await db.Versions.AsNoTracking().SingleAsync(each => each.Id == version);
        DeploymentId id = DeploymentId.New();
        await portal.Services.GetRequiredService<AppendGate>().RunAsync(Actor.System, change =>
        {
            change.Add(new Deployment(id, row.Model, version, "first-days", DeploymentRole.Outside, 1, change.Now, null, null, change.Now), "deployment.made", row.Subject);
            return Task.FromResult(true);
        }, default);
        return id;
    }

    private async Task SendAsync(DeploymentId deployment)
    {
        string samples = Path.Combine(Reference.Repository, "samples");
        using FileStream stream = File.OpenRead(Path.Combine(samples, "hmda", "test.csv"));
        Table table = TableFile.Read(stream, CancellationToken.None);
        using WatchedModel model = WatchedModel.Load(
            await File.ReadAllBytesAsync(Path.Combine(samples, "models", "hmda_biased", "model.onnx")),
            await File.ReadAllBytesAsync(Path.Combine(samples, "models", "hmda_biased", "manifest.json")), table, 1, CancellationToken.None);
        DemoTraffic traffic = DemoTraffic.Of(table, "deny", "pirat", model, GivenTraffic.FirstDay, DateTimeOffset.MaxValue, 20260301, CancellationToken.None);
        await portal.Services.GetRequiredService<IngestTraffic>().RunAsync(deployment, "rows", traffic.Rows, default);
        await portal.Services.GetRequiredService<IngestLabels>().RunAsync(deployment, "labels", traffic.Labels!, default);
    }
}
