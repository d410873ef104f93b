using System.Globalization;
using Governance.Audit.Monitoring;
using Governance.Portal.Features.Alerts;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Versions;
using Governance.Registry.Access;
using Governance.Registry.Alerts;
using Governance.Registry.Deployments;
using Governance.Registry.Monitors;

namespace Governance.Portal.Features.Monitoring;

/// <summary>What an address asks of a monitoring page.</summary>
/// <param name="From">The start of a window; null for the last one.</param>
/// <param name="To">Its end.</param>
/// <param name="Cohort">A cohort; null or blank for all rows.</param>
/// <param name="Days">The span in days; 0 for everything.</param>
public sealed record MonitoringWish(string? From, string? To, string? Cohort, int? Days)
{
    /// <summary>The span that is shown where nothing else is asked for.</summary>
    public const int UsualDays = 30;

    /// <summary>The window, as far as the address names one.</summary>
    public (DateTimeOffset From, DateTimeOffset To)? Window => Moment(From) is DateTimeOffset from && Moment(To) is DateTimeOffset to ? (from, to) : null;

    /// <summary>What links keep.</summary>
    public string Query => string.Join('&', ((string?[])
        [string.IsNullOrEmpty(Cohort) ? null : "cohort=" + Uri.EscapeDataString(Cohort), Days is int days ? string.Create(CultureInfo.InvariantCulture, $"days={days}") : null]).OfType<string>());

    private static DateTimeOffset? Moment(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset at) ? at : null;
}

/// <summary>Reads what a monitoring page shows of one deployment.</summary>
internal sealed class ReadMonitoring(
    MonitorReadingQueries readings, MonitorPlanQueries plans, AlertQueries alerts, ReadFindings findings, CompareWindow compare, ShowReadings show)
{
    /// <summary>Reads it.</summary>
    /// <param name="page">The address of the page.</param>
    /// <param name="view">The version that is deployed, as the viewer sees it.</param>
    /// <param name="deployment">The deployment.</param>
    /// <param name="wish">What the address asks for.</param>
    /// <param name="kept">What links keep besides, such as "deployment=…"; empty for nothing.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<MonitoringDesk> RunAsync(
        string page, VersionView view, DeploymentView deployment, MonitoringWish wish, string kept, CancellationToken cancellationToken)
    {
        DeploymentId id = deployment.Deployment.Id;
        IReadOnlyList<MonitorReading> all = await show.RunAsync(
            new Standing(view.Person, view.Relation), id, await SpanAsync(id, wish, cancellationToken), cancellationToken);
        string? cohort = string.IsNullOrEmpty(wish.Cohort) ? null : wish.Cohort;
        MonitorReading[] own = [.. all.Where(reading => reading.Cohort == cohort).OrderBy(reading => reading.WindowTo).ThenBy(reading => reading.WindowFrom)];
        IReadOnlyList<AlertView> known = await alerts.OfDeploymentAsync(view.Person.Id, id, cancellationToken);
        MonitorPlan? plan = await plans.InForceAsync(id, cancellationToken);
        MonitoringBoard board = new()
        {
            Page = page,
            Query = string.Join('&', ((string[])[kept, wish.Query]).Where(part => part.Length > 0)),
            Readings = own,
            Events = Events(view, deployment, plan, known, own),
            Importance = await ImportanceAsync(view, cancellationToken),
        };
        board = board with { Window = Chosen(board, wish) };
        AlertView[] span = [.. known.Where(alert => own.Length > 0 && alert.Entry.Alert.WindowTo > own[0].WindowFrom)];
        return new MonitoringDesk
        {
            Board = board,
            Deployment = id.Value,
            Cohort = cohort,
            Cohorts = [.. all.Select(reading => reading.Cohort).OfType<string>().Distinct().Order(StringComparer.Ordinal)],
            Days = wish.Days ?? MonitoringWish.UsualDays,
            Plan = plan,
            Budget = plan is null ? null : ReadMonitorSpec.Run(plan.Text).Budget.Sentence,
            Alerts = [.. known.Where(alert => alert.IsActive)],
            Raised = span.Length,
            Explained = span.Count(alert => alert.State == AlertState.Explained),
            Comparison = board.Window is (DateTimeOffset from, DateTimeOffset to)
                ? await compare.RunAsync(deployment, from, to, [.. Lanes.TopFeatures(board, CompareWindow.Most)], cancellationToken) : null,
            Provenance = Provenance(deployment, plan, own),
        };
    }

    /// <summary>The readings of a span: the last days before the last reading, or everything.</summary>
    public async Task<IReadOnlyList<MonitorReading>> SpanAsync(DeploymentId id, MonitoringWish wish, CancellationToken cancellationToken)
    {
        DateTimeOffset? last = await readings.LatestAsync(id, cancellationToken);
        return last is not DateTimeOffset end ? []
            : await readings.BetweenAsync(
                id, wish.Days == 0 ? DateTimeOffset.MinValue : end.AddDays(-(wish.Days ?? MonitoringWish.UsualDays)), end.AddTicks(1), cancellationToken);
    }

    private static (DateTimeOffset From, DateTimeOffset To)? Chosen(MonitoringBoard board, MonitoringWish wish)
    {
        IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> windows = board.Windows;
        return windows.Count == 0 ? null
            : wish.Window is (DateTimeOffset, DateTimeOffset) asked && windows.Contains(asked) ? asked
            : windows[^1];
    }

    private static IReadOnlyList<AxisEvent> Events(
        VersionView view, DeploymentView deployment, MonitorPlan? plan, IReadOnlyList<AlertView> alerts, IReadOnlyList<MonitorReading> own)
    {
        if (own.Count == 0)
        {
            return [];
        }

        List<AxisEvent> all =
        [
            new AxisEvent(deployment.Deployment.From, $"deployed to {deployment.Deployment.Environment}", $"/deployments/{deployment.Deployment.Id}"),
            .. view.Moves.Select(move => new AxisEvent(move.Move.At, $"the version became {Registry.Versions.Stages.InWords(move.Move.To)}", view.Address("history"))),
            .. alerts.Select(alert => new AxisEvent(alert.Entry.Alert.WindowTo, $"alert: {AlertWords.Head(alert)}", AlertWords.AddressOf(alert.Entry.Alert))),
        ];
        if (deployment.To is DateTimeOffset ended)
        {
            all.Add(new AxisEvent(ended, "the deployment ended", null));
        }

        if (plan is not null)
        {
            all.Add(new AxisEvent(plan.AssignedAt, $"plan {plan.Name} assigned", null));
        }

        return [.. all.Where(happened => happened.At >= own[0].WindowFrom && happened.At <= own[^1].WindowTo).OrderBy(happened => happened.At).TakeLast(MostEvents)];
    }

    private const int MostEvents = 20;

    private async Task<IReadOnlyDictionary<string, double>> ImportanceAsync(VersionView view, CancellationToken cancellationToken)
    {
        SealedFindings? shown = await findings.ChooseAsync(view, null, document => document.Importance is { Count: > 0 }, cancellationToken);
        double total = shown?.Document.Importance!.Sum(feature => feature.MeanAbsolute) ?? 0;
        return total > 0 ? shown!.Document.Importance!.ToDictionary(feature => feature.Feature, feature => feature.MeanAbsolute / total) : new Dictionary<string, double>();
    }

    private static IReadOnlyList<string> Provenance(DeploymentView deployment, MonitorPlan? plan, IReadOnlyList<MonitorReading> own) =>
    [
        .. plan is null ? Array.Empty<string>() : [$"plan {plan.Name}, {plan.Digest.Hex[..8]}, assigned {AlertWords.Day(plan.AssignedAt)}"],
        deployment.Reference is string reference ? $"reference {reference}" : "reference: the first days of the traffic",
        "p values adjusted over all columns and looks of a window",
        .. KeptReadings.TrackRecords(own).Take(2).Select(record => record.Sentence),
    ];
}
