using System.Globalization;
using System.Text;
using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Registrations;
using Governance.Audit.Runs;
using Governance.Audit.Traffic;
using Governance.Portal.Scheduling;
using Governance.Registry.Artifacts;
using Governance.Registry.Datasets;
using Governance.Registry.Deployments;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Schedules;
using Governance.Registry.Storage;
using Governance.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Traffic;

/// <summary>Traffic becomes a data set, and a schedule audits what a model was asked about.</summary>
[Collection(PortalTests.Name)]
public sealed class KeepTrafficTests(SamplePortal portal)
{
    private const int Sent = 400;

    private static readonly DateTimeOffset Today = new(TimeProvider.System.GetUtcNow().Date, TimeSpan.Zero);

    [Fact]
    public async Task What_is_kept_is_what_was_sent_cell_by_cell_with_the_labels()
    {
        (DeploymentId deployment, Table rows) = await SentAsync("hmda_fair", labels: Sent);

        Dataset kept = Kept(await KeepAsync("otto", deployment));

        Table read = await TableAsync(kept);
        Assert.Equal(Sent, read.Rows);
        foreach (Column column in rows.Columns)
        {
            Assert.Equal(Enumerable.Range(0, Sent).Select(column.Text), Enumerable.Range(0, Sent).Select(read.Need(column.Name).Text));
        }

        Assert.Equal(["row_id"], kept.Of(ColumnRole.Id).Select(column => column.Name));
        Assert.True(kept.Columns.Single(column => column.Name == "row_id").Subject);
        Assert.Equal(["afam", "single"], kept.Of(ColumnRole.Protected).Select(column => column.Name).Order());
        Assert.Equal(("deny", "yes", "no"), (Assert.Single(kept.Of(ColumnRole.Label)).Name, kept.Positive, kept.Favourable));
    }

    [Fact]
    public async Task The_same_rows_are_kept_once_and_another_label_makes_another_data_set()
    {
        (DeploymentId deployment, Table rows) = await SentAsync("hmda_fair", labels: 100);
        Dataset first = Kept(await KeepAsync("otto", deployment));
        Dataset again = Kept(await KeepAsync("otto", deployment));
        string other = rows.Need("deny").Text(0) == "yes" ? "no" : "yes";
        await portal.Services.GetRequiredService<IngestLabels>().RunAsync(
            deployment, "correction", new LabelBatch(["q0"], [other], TimeProvider.System.GetUtcNow()), default);

        Dataset corrected = Kept(await KeepAsync("otto", deployment));
        Dataset all = Kept(await KeepAsync("otto", deployment, labelled: false));

        Assert.Equal((100L, first.Id), (first.Rows, again.Id));
        Assert.Equal((100L, (long)Sent), (corrected.Rows, all.Rows));
        Assert.Equal(3, ((string[])[first.Name, corrected.Name, all.Name]).Distinct().Count());
        Assert.Equal(other, (await TableAsync(corrected)).Need("deny").Text(0));
        Assert.NotEqual(other, (await TableAsync(first)).Need("deny").Text(0));
    }

    [Fact]
    public async Task Nothing_is_kept_for_those_who_may_not_audit_and_of_windows_without_labels()
    {
        (DeploymentId deployment, _) = await SentAsync("hmda_fair", labels: 0);

        InputException empty = await Assert.ThrowsAsync<InputException>(() => KeepAsync("otto", deployment));
        Assert.Contains("has a label yet", empty.Message, StringComparison.Ordinal);
        Assert.Equal("no-right", Assert.IsType<RegisterDatasetOutcome.Refused>(await KeepAsync("coen", deployment, labelled: false)).Reason.Code);
    }

    [Fact]
    public async Task A_schedule_audits_the_traffic_of_its_days_as_an_audit_of_the_same_rows_does()
    {
        (DeploymentId deployment, _) = await SentAsync("hmda_fair", labels: Sent);
        string spec = $$"""
            governance: audit/1
            name: monthly
            model: { version: hmda_fair/1 }
            data:
              evaluation: { deployment: {{deployment}}, days: 7 }
            performance: { metrics: [roc_auc, accuracy] }
            fairness: { attributes: [afam] }
            """;
        Schedule schedule = Assert.IsType<AddScheduleOutcome.Added>(await portal.Services.GetRequiredService<PlanSchedule>().RunAsync(
            Actor.Person(portal["otto"]),
            new ScheduleWish { Model = "hmda_fair", Number = 1, Name = $"monthly {deployment}", Spec = spec, Trigger = ScheduleTrigger.Clock, Cron = "0 0 6 1 * ?" }, default)).Schedule;
        ScheduleEntry entry = (await portal.Services.GetRequiredService<ScheduleQueries>().EntryAsync(schedule.Id, default))!;

        Assert.Null(await portal.Services.GetRequiredService<RunSchedule>().ByHandAsync(entry, default));

        FindingsDocument found = await SealedAsync(schedule);
        Dataset kept = Kept(await KeepAsync("otto", deployment, days: 7));
        AuditData data = found.Data.Single(each => each.Role == "evaluation");
        Assert.Equal((kept.Name, kept.Digest.Hex, (long)Sent), (data.Name, data.Digest, data.Rows));
        FindingsDocument direct = await DirectAsync(found.Options);
        Assert.Equal(direct.Performance!.Metrics.OrderBy(pair => pair.Key), found.Performance!.Metrics.OrderBy(pair => pair.Key));
        Assert.Equal(Canonical(direct.Fairness), Canonical(found.Fairness));
    }

    [Fact]
    public async Task The_page_keeps_rows_and_leads_to_their_data_set()
    {
        (DeploymentId deployment, _) = await SentAsync("hmda_fair", labels: Sent);
        using SignedInClient otto = await portal.SignInAsync("otto");

        AngleSharp.Html.Dom.IHtmlDocument page = await otto.SubmitAsync($"/deployments/{deployment}", "#keep-days", ("Keep.Days", "30"));

        string address = page.QuerySelectorAll("a").Select(link => link.GetAttribute("href")!).First(href => href.StartsWith("/datasets/hmda_fair-", StringComparison.Ordinal));
        Assert.Contains("labelled rows", (await otto.GetAsync(address)).Body!.TextContent, StringComparison.Ordinal);
    }

    private async Task<(DeploymentId Deployment, Table Rows)> SentAsync(string model, int labels)
    {
        Table rows = Read(await File.ReadAllBytesAsync(Path.Combine(Reference.Repository, "samples", "hmda", "test.csv"))).Take([.. Enumerable.Range(0, Sent)]);
        DeploymentId deployment = await GivenTraffic.DeployAsync(portal.Services, model, "hmda-train");
        string[] names = [.. rows.Columns.Select(column => column.Name).Where(name => name != "deny")];
        StringBuilder csv = new($"id,time,{string.Join(',', names)}\n");
        for (int row = 0; row < Sent; row++)
        {
            DateTimeOffset at = Today.AddDays(-3).AddMinutes(row);
            csv.Append(CultureInfo.InvariantCulture, $"q{row},{at:yyyy-MM-ddTHH:mm:ssZ},{string.Join(',', names.Select(name => rows.Need(name).Text(row)))}\n");
        }

        IServiceProvider services = portal.Services;
        await services.GetRequiredService<IngestFile>().RowsAsync(deployment, Encoding.UTF8.GetBytes(csv.ToString()), new TrafficNames(), null, default);
        if (labels > 0)
        {
            string[] ids = [.. Enumerable.Range(0, labels).Select(row => $"q{row}")];
            await services.GetRequiredService<IngestLabels>().RunAsync(
                deployment, "labels", new LabelBatch(ids, [.. Enumerable.Range(0, labels).Select(row => rows.Need("deny").Text(row)!)], Today.AddDays(-1)), default);
        }

        return (deployment, rows);
    }

    private Task<RegisterDatasetOutcome> KeepAsync(string user, DeploymentId deployment, bool labelled = true, int days = 7) =>
        portal.Services.GetRequiredService<KeepTraffic>().RunAsync(
            Actor.Person(portal[user]), KeptTraffic.LastDays(deployment, days, TimeProvider.System.GetUtcNow(), labelled), default);

    private static Dataset Kept(RegisterDatasetOutcome outcome) => Assert.IsType<RegisterDatasetOutcome.Registered>(outcome).Dataset;

    private async Task<Table> TableAsync(Dataset dataset) => ReadDataset.Run(
        new MemoryStream(await portal.Services.GetRequiredService<ArtifactStore>().ReadAsync(dataset.Digest, default)), dataset.Columns, default);

    private static string Canonical(object? value) =>
        Encoding.UTF8.GetString(CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(value, ReportJson.Options)));

    private static Table Read(byte[] bytes) => CsvTable.Read(new MemoryStream(bytes), default);

    private async Task<FindingsDocument> DirectAsync(AuditOptions options)
    {
        AuditInputs inputs = await portal.Services.GetRequiredService<LoadAuditInputs>().RunAsync(
            await portal.VersionAsync("hmda_fair", 1), options with { Evaluation = "hmda-test", Background = "hmda-train" }, default);
        inputs = inputs with { Evaluation = inputs.Evaluation with { Table = inputs.Evaluation.Table.Take([.. Enumerable.Range(0, Sent)]) } };
        return new ComputeFindings(inputs, options, Registry.Policies.PolicyPack.Default, TimeProvider.System).Run(1, new NoProgress(), default);
    }

    private async Task<FindingsDocument> SealedAsync(Schedule schedule)
    {
        for (int beat = 0; beat < 600; beat++)
        {
            await portal.Services.GetRequiredService<SettleRuns>().RunAsync(default);
            ScheduleRunView run = Assert.Single(await portal.Services.GetRequiredService<ScheduleQueries>().RunsAsync([schedule.Id], null, null, 10, default));
            if (run.Audit is { } audit && audit.Status.IsOver())
            {
                Assert.True(audit.Status == RunStatus.Sealed, $"{audit.Status}: {audit.Message}");
                await using GovernanceDb db = await portal.Services.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();
                EvidenceRecord record = await db.Evidence.AsNoTracking().SingleAsync(each => each.Run == audit.Id);
                return JsonSerializer.Deserialize<FindingsDocument>(await portal.Services.GetRequiredService<ArtifactStore>().ReadAsync(record.Findings, default), ReportJson.Options)!;
            }

            await Task.Delay(100);
        }

        throw new TimeoutException("The audit did not end in a minute.");
    }

    private sealed class NoProgress : IRunProgress
    {
        public void Report(string stage, long done, long all)
        {
        }
    }
}
