using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Monitoring;
using Governance.Tests;

namespace Governance.Audit.Tests.Monitoring;

/// <summary>The recorded stream with four planted events, and the same rows without them, under the plan of the samples.</summary>
public sealed class AdultStreamTests
{
    private static readonly Lazy<(MonitorSpec Spec, PreparedPlan Plan, WatchedModel Model)> Prepared = new(Prepare);

    [SkippableFact]
    public async Task Each_event_is_told_within_its_days()
    {
        IReadOnlyList<ReplayedAlert> alerts = await ReplayAsync("requests.csv.gz", "labels.csv.gz");

        Assert.InRange(First(alerts, alert => alert is { Monitor: "inputs", Column: "age" or "hours_per_week" }), 12, 14);
        Assert.InRange(First(alerts, alert => alert is { Monitor: "professionals", Column: "age" }), 16, 20);
        Assert.InRange(First(alerts, alert => alert is { Monitor: "quality" or "inputs", Column: "education_num" }), 25, 26);
        Assert.InRange(First(alerts, alert => alert.Monitor == "realised"), 25, 29);
        Assert.All(alerts, alert => Assert.True(Day(alert) >= 12, $"{alert.Monitor} {alert.Column} on day {Day(alert)}"));
    }

    [SkippableFact]
    public async Task The_same_rows_without_events_raise_no_more_than_the_budget()
    {
        IReadOnlyList<ReplayedAlert> alerts = await ReplayAsync("control_requests_no_events.csv.gz", "control_labels_no_events.csv.gz");

        Assert.InRange(alerts.Count, 0, Prepared.Value.Spec.Budget.AMonth);
    }

    private static async Task<IReadOnlyList<ReplayedAlert>> ReplayAsync(string requests, string labels)
    {
        Table rows = Read("stream", requests);
        (_, PreparedPlan plan, WatchedModel model) = Prepared.Value;
        MonitoredRows traffic = ReplayRows.Requests(rows, Read("stream", labels), new ReplayColumns(LabelDays: 5), model, CancellationToken.None);
        return ReplayedAlert.Of(await ReplayMonitors.RunAsync(plan, traffic, CancellationToken.None));
    }

    private static (MonitorSpec, PreparedPlan, WatchedModel) Prepare()
    {
        MonitorSpec spec = ReadMonitorSpec.Run(File.ReadAllText(Path.Combine(Reference.Repository, "samples", "monitors", "adult-stream.yaml")));
        Table reference = Read("datasets", "adult", "validation.csv");
        WatchedModel model = WatchedModel.Load(
            File.ReadAllBytes(Reference.Path("data", "models", "adult_gbt", "model.onnx")),
            File.ReadAllBytes(Reference.Path("data", "models", "adult_gbt", "manifest.json")), reference, 2, CancellationToken.None);
        return (spec, PreparedPlan.Make(spec, ReplayRows.Reference(reference, model, "income", CancellationToken.None), CancellationToken.None), model);
    }

    private static Table Read(params string[] path)
    {
        using FileStream stream = File.OpenRead(Reference.Path(["data", .. path]));
        return TableFile.Read(stream, CancellationToken.None);
    }

    private static int First(IReadOnlyList<ReplayedAlert> alerts, Func<ReplayedAlert, bool> which) =>
        alerts.Where(which).Select(Day).DefaultIfEmpty(0).First();

    private static int Day(ReplayedAlert alert) =>
        alert.Day.DayNumber - DateOnly.Parse("2026-03-01", CultureInfo.InvariantCulture).DayNumber + 1;
}
