using Governance.Audit.Traffic;
using Governance.Audit.Traffic.Summaries;
using Governance.Registry.Deployments;
using Governance.Registry.Ledger;
using Governance.Registry.Traffic;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Traffic;

/// <summary>What is counted of windows, against the rows themselves, before and after chunks are put together and rows erased.</summary>
[Collection(PortalTests.Name)]
public sealed class WindowTests(SamplePortal portal)
{
    [Fact]
    public async Task Merged_counts_are_those_of_the_rows_for_whole_days_and_parts_of_days()
    {
        DeploymentId deployment = await SentAsync(4);
        DateTimeOffset from = GivenTraffic.FirstDay;

        await AssertCountsAsync(deployment, from, from.AddDays(10));
        await AssertCountsAsync(deployment, from.AddDays(1), from.AddDays(3));
        await AssertCountsAsync(deployment, from.AddHours(7).AddMinutes(20), from.AddDays(2).AddHours(5));
        Assert.Equal(0, (await SummaryAsync(deployment, from.AddDays(20), from.AddDays(30))).Rows);
    }

    [Fact]
    public async Task Small_chunks_of_a_day_are_put_together_and_nothing_changes()
    {
        DeploymentId deployment = await SentAsync(4);
        WindowSummary before = await SummaryAsync(deployment, GivenTraffic.FirstDay, GivenTraffic.FirstDay.AddDays(10));
        int chunks = (await ChunksAsync(deployment)).Count;

        int joined = await portal.Services.GetRequiredService<CompactTraffic>().RunAsync(deployment, default);

        Assert.Equal((chunks, 3), (joined, (await ChunksAsync(deployment)).Count));
        WindowSummary after = await SummaryAsync(deployment, GivenTraffic.FirstDay, GivenTraffic.FirstDay.AddDays(10));
        Assert.Equal(before.NumberOf("pirat")!.Bins, after.NumberOf("pirat")!.Bins);
        Assert.Equal(before.LevelOf("phist")!.Named, after.LevelOf("phist")!.Named);
        await AssertCountsAsync(deployment, GivenTraffic.FirstDay.AddHours(3), GivenTraffic.FirstDay.AddDays(2));
        IngestOutcome again = await portal.Services.GetRequiredService<IngestFile>().RowsAsync(
            deployment, System.Text.Encoding.UTF8.GetBytes(GivenTraffic.Csv(0, 60, 3)), new TrafficNames(), "another key", default);
        Assert.Equal((0, 60), (again.Rows, again.Repeated));
    }

    [Fact]
    public async Task Erased_rows_are_gone_from_rows_counts_and_labels_and_the_ledger_says_so()
    {
        DeploymentId deployment = await SentAsync(2);
        await portal.Services.GetRequiredService<IngestLabels>().RunAsync(
            deployment, "labels", new LabelBatch(["r3", "r4"], ["yes", "no"], GivenTraffic.FirstDay.AddDays(5)), default);
        EraseTrafficRows erase = portal.Services.GetRequiredService<EraseTrafficRows>();

        await Assert.ThrowsAsync<Governance.Audit.Data.InputException>(() => erase.RunAsync(Actor.Person(portal["dev"]), deployment, ["r3"], "Letter 17", default));
        ErasedTraffic erased = await erase.RunAsync(Actor.Person(portal["otto"]), deployment, ["r3", "r70", "nobody"], "Letter 17", default);

        Assert.Equal((2L, 1L), (erased.Rows, erased.Labels));
        TrafficWindow window = await RowsAsync(deployment, GivenTraffic.FirstDay, GivenTraffic.FirstDay.AddDays(10));
        Assert.Equal(118, window.Rows);
        Assert.DoesNotContain("r3", window.Ids);
        Assert.Equal("no", window.Labels.Text(window.Ids.ToList().IndexOf("r4")));
        await AssertCountsAsync(deployment, GivenTraffic.FirstDay, GivenTraffic.FirstDay.AddDays(10));
        TrafficErasure fact = Assert.Single(await portal.Services.GetRequiredService<TrafficQueries>().ErasuresAsync(deployment, default));
        Assert.Equal((2L, 1L, TrafficErasureCause.Subject), (fact.Rows, fact.Labels, fact.Cause));
        Assert.Equal(new ErasedTraffic(0, 0), await erase.RunAsync(Actor.Person(portal["otto"]), deployment, ["r3"], "Again", default));
        Assert.IsType<LedgerVerdict.Holds>(await portal.Services.GetRequiredService<VerifyLedger>().RunAsync(default));
        Assert.Empty((await portal.Services.GetRequiredService<Governance.Registry.Artifacts.VerifyArtifacts>().RunAsync(default)).Faults);
    }

    [Fact]
    public async Task Rows_go_when_retention_ends_and_what_was_counted_stays()
    {
        DeploymentId deployment = await GivenTraffic.DeployAsync(portal.Services, "hmda_fair", "hmda-train");
        string old = GivenTraffic.Csv(0, 60, 2).Replace("2026-03-", "2020-03-", StringComparison.Ordinal);
        await portal.Services.GetRequiredService<IngestFile>().RowsAsync(deployment, System.Text.Encoding.UTF8.GetBytes(old), new TrafficNames(), null, default);
        EraseOldTraffic retention = portal.Services.GetRequiredService<EraseOldTraffic>();

        Assert.Contains(await retention.RunAsync(true, default), line => line.Deployment == deployment && line is { Rows: 60, Erase: true });
        Assert.Contains(await retention.RunAsync(false, default), line => line.Deployment == deployment);
        Assert.DoesNotContain(await retention.RunAsync(false, default), line => line.Deployment == deployment);

        DateTimeOffset from = new(2020, 3, 1, 0, 0, 0, TimeSpan.Zero);
        TrafficWindow rows = await RowsAsync(deployment, from, from.AddDays(5));
        Assert.Equal((0, 60L), (rows.Rows, rows.RowsErased));
        WindowSummary days = await SummaryAsync(deployment, from, from.AddDays(5));
        Assert.Equal((60L, 60L, true), (days.Rows, days.NumberOf("pirat")!.Count, days.NumberOf("pirat")!.Sketch is not null));
        WindowSummary hours = await SummaryAsync(deployment, from.AddHours(6), from.AddHours(12));
        Assert.True(hours.Rows is > 0 and < 30 && hours.NumberOf("pirat")!.Sketch is null);
        Assert.IsType<LedgerVerdict.Holds>(await portal.Services.GetRequiredService<VerifyLedger>().RunAsync(default));
    }

    private async Task<DeploymentId> SentAsync(int batches)
    {
        DeploymentId deployment = await GivenTraffic.DeployAsync(portal.Services, "hmda_fair", "hmda-train");
        for (int batch = 0; batch < batches; batch++)
        {
            await portal.Services.GetRequiredService<IngestFile>().RowsAsync(
                deployment, System.Text.Encoding.UTF8.GetBytes(GivenTraffic.Csv(batch * 60, 60, 3)), new TrafficNames(), null, default);
        }

        return deployment;
    }

    private async Task AssertCountsAsync(DeploymentId deployment, DateTimeOffset from, DateTimeOffset to)
    {
        TrafficWindow rows = await RowsAsync(deployment, from, to);
        WindowSummary summary = await SummaryAsync(deployment, from, to);
        double[] values = [.. Enumerable.Range(0, rows.Rows).Select(rows.Columns!.Need("pirat").Number)];
        NumberSummary pirat = summary.NumberOf("pirat")!;

        Assert.Equal((rows.Rows, rows.Rows), ((int)summary.Rows, (int)pirat.Count));
        Assert.Equal(values.Average(), pirat.Mean, 1e-12);
        Assert.Equal(values.Sum(value => (value - values.Average()) * (value - values.Average())), pirat.SquaredDistances, 1e-9);
        Assert.Equal((values.Min(), values.Max()), (pirat.Min, pirat.Max));
        Assert.Equal(Enumerable.Range(0, pirat.Bins.Count).Select(bin => (long)values.Count(value => pirat.Edges.Count(edge => edge <= value) == bin)), pirat.Bins);
        Assert.Equal(
            Enumerable.Range(0, rows.Rows).Count(row => rows.Columns.Need("phist").Text(row) == "yes"),
            (int)summary.LevelOf("phist")!.Named.FirstOrDefault(level => level.Level == "yes").Rows);
        GroupCount group = summary.Groups.Single(each => each.Column == "afam").Groups["yes"];
        Assert.Equal(
            Enumerable.Range(0, rows.Rows).Count(row => rows.Columns.Need("afam").Text(row) == "yes" && rows.Decisions!.Text(row) == "yes"),
            (int)group.Decisions.GetValueOrDefault("yes"));
        Assert.Equal(rows.Scores[0].Values.Sum(), summary.Scores[0].Mean * summary.Scores[0].Count, 1e-9);
        Assert.Equal(rows.Latency!.Max(), summary.Latency!.Max);
    }

    private async Task<IReadOnlyList<StoredChunk>> ChunksAsync(DeploymentId deployment) =>
        await portal.Services.GetRequiredService<TrafficQueries>().ChunksAsync(deployment, TrafficKind.Rows, null, null, default);

    private Task<TrafficWindow> RowsAsync(DeploymentId deployment, DateTimeOffset from, DateTimeOffset to) =>
        portal.Services.GetRequiredService<ReadTraffic>().WindowAsync(deployment, from, to, null, default);

    private Task<WindowSummary> SummaryAsync(DeploymentId deployment, DateTimeOffset from, DateTimeOffset to) =>
        portal.Services.GetRequiredService<ReadSummaries>().WindowAsync(deployment, from, to, default);
}
