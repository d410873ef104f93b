using System.Collections.Concurrent;
using Governance.Audit.Data;
using Governance.Audit.Traffic;
using Governance.Registry.Alerts;
using Governance.Registry.Deployments;
using Governance.Registry.Monitors;
using Governance.Registry.Traffic;

namespace Governance.Audit.Monitoring;

/// <summary>What a run of monitors did.</summary>
/// <param name="Readings">Readings made for good; those that wait for labels do not count.</param>
/// <param name="Alerts">Alerts opened, and windows added to open ones.</param>
/// <param name="Refused">Why nothing was read, in words; null where the plan could be used.</param>
public sealed record MonitorRun(int Readings, int Alerts, string? Refused);

/// <summary>Reads the windows of a deployment that have closed, keeps the readings and raises alerts.</summary>
/// <remarks>
/// Idempotent: a window that was read for good is not read again, one that waited for labels is once they are known. Alerts
/// are raised before readings are kept, so that a process that dies in between raises them again, which changes nothing.
/// One run of a deployment at a time in this process; plans stay prepared between runs.
/// </remarks>
public sealed class RunMonitors(
    DeploymentQueries deployments, MonitorPlanQueries plans, MonitorReadingQueries readings, WriteReadings write, PrepareDeployment prepare,
    ReadTraffic traffic, TrafficQueries chunks, DescribeDeployment describe, RaiseAlert raise, NoteQuietWindow quiet)
{
    private readonly ConcurrentDictionary<DeploymentId, SemaphoreSlim> seats = new();

    /// <summary>Reads what is due.</summary>
    /// <param name="deployment">Whose traffic.</param>
    /// <param name="upTo">What happened after this is not looked at.</param>
    /// <param name="cancellationToken">Ends it between windows; a later run goes on.</param>
    public async Task<MonitorRun> RunAsync(DeploymentId deployment, DateTimeOffset upTo, CancellationToken cancellationToken)
    {
        SemaphoreSlim seat = seats.GetOrAdd(deployment, _ => new SemaphoreSlim(1, 1));
        await seat.WaitAsync(cancellationToken);
        try
        {
            return await OnceAsync(deployment, upTo, cancellationToken);
        }
        finally
        {
            seat.Release();
        }
    }

    private async Task<MonitorRun> OnceAsync(DeploymentId deployment, DateTimeOffset upTo, CancellationToken cancellationToken)
    {
        if (await deployments.FindAsync(deployment, cancellationToken) is not DeploymentView view)
        {
            return new MonitorRun(0, 0, "There is no such deployment.");
        }

        if (await plans.InForceAsync(deployment, cancellationToken) is not MonitorPlan plan)
        {
            return new MonitorRun(0, 0, "The deployment has no plan of monitors.");
        }

        PreparedDeployment prepared;
        try
        {
            prepared = await prepare.RunAsync(view, plan, upTo, cancellationToken);
        }
        catch (InputException fault)
        {
            return new MonitorRun(0, 0, fault.Message);
        }

        IReadOnlyList<MonitorReading> before = await readings.OfPlanAsync(plan.Id, cancellationToken);
        MonitorHistory history = new();
        foreach (MonitorReading reading in before.Where(reading => reading.Settled))
        {
            history.Add(KeptReadings.Read(reading));
        }

        HashSet<(string, MonitorWindow)> settled = [.. before.Where(reading => reading.Settled).Select(reading => (reading.Monitor, new MonitorWindow(reading.WindowFrom, reading.WindowTo)))];
        DeploymentRows rows = new(traffic, chunks, view, prepared);
        DeploymentColumns? known = await describe.RunAsync(deployment, cancellationToken);
        IReadOnlySet<string> personal = MaskReadings.Personal(known?.Columns ?? [], prepared.Plan.Spec.Monitors.Select(terms => terms.Attribute));
        (int made, int alerts) = (0, 0);
        ReadWindows reader = new(prepared.Plan, rows, history, before.GroupBy(reading => reading.Monitor).ToDictionary(
            group => group.Key,
            group => (IReadOnlyList<MonitorWindow>)[.. group.Select(reading => new MonitorWindow(reading.WindowFrom, reading.WindowTo)).Distinct()]));
        await reader.RunAsync(
            prepared.Since, upTo,
            (terms, window) => settled.Contains((terms.Id, window)),
            async window =>
            {
                alerts += await AlertAsync(view.Deployment, window, history, personal, cancellationToken);
                await write.RunAsync([.. window.Select(reading => KeptReadings.Of(prepared.Plan.Spec, view.Deployment.Id, plan.Id, reading))], cancellationToken);
                made += window.Count(reading => reading.Settled);
            },
            cancellationToken);
        return new MonitorRun(made, alerts, null);
    }

    // Metrics of one monitor are one matter; columns and cohorts are matters of their own.
    private async Task<int> AlertAsync(
        Deployment deployment, IReadOnlyList<WindowReading> window, MonitorHistory history, IReadOnlySet<string> personal, CancellationToken cancellationToken)
    {
        int raised = 0;
        foreach (IGrouping<string?, WindowReading> matter in window.Where(reading => reading.Verdict != ReadingVerdict.Unmeasured).GroupBy(reading => reading.Measure.Column))
        {
            AlertSource source = new(AlertSourceKind.Monitor, deployment.Id.ToString());
            WindowReading first = matter.First();
            WindowReading? loud = matter.Where(reading => reading.Alerts).MinBy(reading => reading.Adjusted);
            if (loud is not null)
            {
                await raise.RunAsync(
                    new AlertSignal
                    {
                        Source = source,
                        Topic = KeptReadings.TopicOf(loud.Kind),
                        Version = deployment.Version,
                        Deployment = deployment.Id,
                        Monitor = loud.Monitor,
                        Column = loud.Measure.Column,
                        Cohort = loud.Cohort,
                        WindowFrom = loud.Window.From,
                        WindowTo = loud.Window.To,
                        Severity = AlertSeverity.Warning,
                        Sentence = KeptReadings.Short(Told(loud, personal)),
                    },
                    cancellationToken);
                raised++;
            }
            else if (history.Of(first.Monitor).Any(reading => reading.IsLoud && reading.Measure.Column == matter.Key))
            {
                await quiet.RunAsync(new AlertKey(source, first.Monitor, matter.Key, first.Cohort), first.Window.From, first.Window.To, cancellationToken);
            }
        }

        return raised;
    }

    // An alert is a fact that leaves the portal by mail and webhook: of masked columns it names the figure alone.
    private static string Told(WindowReading reading, IReadOnlySet<string> personal) =>
        reading.Measure.Column is string column && personal.Contains(column)
            ? MaskReadings.Sentence(column, reading.Measure.Metric, reading.Measure.Value, reading.Measure.Rows, reading.Measure.PValue)
            : reading.Measure.Sentence;
}
