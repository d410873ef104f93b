using Governance.Audit.Data;
using Governance.Audit.Runs;
using Governance.Audit.Traffic;
using Governance.Registry.Deployments;
using Governance.Registry.Monitors;
using Governance.Registry.Traffic;

namespace Governance.Audit.Monitoring;

/// <summary>A deployment's plan with its reference read.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Columns">The columns that windows are read with.</param>
/// <param name="Positive">The class that scores refer to.</param>
/// <param name="IsRegression">Whether the model predicts a number.</param>
/// <param name="Classes">The model's classes, of which labels must be one; null where nobody names them.</param>
/// <param name="Since">The first moment of the first window; null takes the first row's.</param>
internal sealed record PreparedDeployment(
    PreparedPlan Plan, IReadOnlyList<string> Columns, string? Positive, bool IsRegression, IReadOnlyList<string>? Classes, DateTimeOffset? Since);

/// <summary>Prepares the plan of a deployment: loads and scores its reference, or takes the first clean days of its traffic.</summary>
public sealed class PrepareDeployment(
    LoadAuditInputs load, ReadTraffic traffic, TrafficQueries chunks, MonitorReadingQueries readings, MonitorPlanQueries plans) : IDisposable
{
    private const int KeptPlans = 4;

    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly List<(MonitorPlanId Plan, PreparedDeployment Prepared, WatchedModel Model)> kept = [];

    /// <summary>Prepares it, or finds it prepared.</summary>
    /// <exception cref="InputException">There is no reference, or it does not fit the plan.</exception>
    internal async Task<PreparedDeployment> RunAsync(DeploymentView view, MonitorPlan plan, DateTimeOffset upTo, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (kept.FirstOrDefault(one => one.Plan == plan.Id) is { Prepared: { } known })
            {
                return known;
            }

            (PreparedDeployment made, WatchedModel model) = await MakeAsync(view, plan, upTo, cancellationToken);
            kept.Add((plan.Id, made, model));
            if (kept.Count > KeptPlans)
            {
                kept[0].Model.Dispose();
                kept.RemoveAt(0);
            }

            return made;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((_, _, WatchedModel model) in kept)
        {
            model.Dispose();
        }

        gate.Dispose();
    }

    private async Task<(PreparedDeployment, WatchedModel)> MakeAsync(
        DeploymentView view, MonitorPlan plan, DateTimeOffset upTo, CancellationToken cancellationToken)
    {
        MonitorSpec spec = ReadMonitorSpec.Run(plan.Text);
        (_, byte[] bytes, byte[]? encoding) = await load.ModelAsync(view.Deployment.Version, cancellationToken);
        DateTimeOffset? since = await GoesOnAsync(view, plan, cancellationToken);
        if (spec.FirstDays is int days)
        {
            MonitorWindow first = await FirstDaysAsync(view, days, cancellationToken);
            if (first.To > upTo)
            {
                throw new InputException($"The first {days} days, which are the reference, are not over.");
            }

            TrafficWindow window = await traffic.WindowAsync(view.Deployment.Id, first.From, first.To, null, cancellationToken);
            Table rows = window.Columns is { Rows: > 0 } table ? table : throw new InputException("The first days have no rows.");
            WatchedModel own = WatchedModel.Load(bytes, encoding, rows, 1, cancellationToken);
            MonitoredRows monitored = DeploymentRows.Of(window, own.Positive, own.IsRegression, own.Classes);
            DateTimeOffset? mature = monitored.MatureAt(spec.Maturity);
            bool labelled = mature <= upTo;
            if (!labelled && spec.Monitors.Any(terms => terms.Kind == MonitorKind.Estimate || PreparedPlan.NeedsLabels(terms)))
            {
                own.Dispose();
                throw new InputException($"The first {days} days are the reference, and fewer than {spec.Maturity * 100:0.#} % of their labels are known.");
            }

            // Labels as of the moment when enough were known, so that the reference is the same whenever it is prepared.
            MonitorReference reference = new()
            {
                Rows = monitored.KnownBy(labelled && mature > first.To ? mature.Value : first.To), Features = own.Columns, Label = own.Label, Positive = own.Positive, Favourable = own.Favourable,
                IsRegression = own.IsRegression, Model = own,
            };
            return (Prepared(spec, reference, since > first.To ? since : first.To, cancellationToken), own);
        }

        AuditTable data = view.Reference is string name
            ? await load.TableAsync(name, cancellationToken)
            : throw new InputException("The deployment has no reference data set; name one, or give the plan 'reference: { firstDays: N }'.");
        WatchedModel model = WatchedModel.Load(bytes, encoding, data.Table, 1, cancellationToken);
        MonitorReference scored = ReplayRows.Reference(data.Table, model, data.Label, cancellationToken) with { Favourable = model.Favourable ?? data.Favourable };
        return (Prepared(spec, scored, since, cancellationToken), model);
    }

    // From the day of the first row on: a deployment may be put on record long before or after its traffic begins.
    private async Task<MonitorWindow> FirstDaysAsync(DeploymentView view, int days, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredChunk> stored = await chunks.ChunksAsync(view.Deployment.Id, TrafficKind.Rows, null, null, cancellationToken);
        DateTimeOffset first = stored.Count > 0
            ? stored.Min(chunk => chunk.Chunk.From)
            : throw new InputException($"The first {days} days of traffic are the reference, and there is no traffic yet.");
        DateTimeOffset begin = new(first.UtcDateTime.Date, TimeSpan.Zero);
        return new MonitorWindow(begin, begin.AddDays(days));
    }

    private static PreparedDeployment Prepared(MonitorSpec spec, MonitorReference reference, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        string[] named =
        [
            .. reference.FeatureColumns, .. spec.Monitors.SelectMany(terms => terms.Columns ?? []), .. spec.Monitors.Select(terms => terms.Attribute).OfType<string>(),
            .. spec.Cohorts.Values.SelectMany(text => Cohorts.Cohort.Parse(text).Columns),
        ];
        return new PreparedDeployment(
            PreparedPlan.Make(spec, reference, cancellationToken),
            [.. named.Where(name => name is not (MonitorReference.ScoreColumn or MonitorReference.PredictionColumn)).Distinct(StringComparer.Ordinal)],
            reference.Positive, reference.IsRegression, reference.Model?.Classes, since);
    }

    // A new plan goes on where the last one stopped: what was read and alerted is not raised again.
    private async Task<DateTimeOffset?> GoesOnAsync(DeploymentView view, MonitorPlan plan, CancellationToken cancellationToken)
    {
        IReadOnlyList<MonitorPlan> all = await plans.OfAsync(view.Deployment.Id, cancellationToken);
        DateTimeOffset? latest = null;
        foreach (MonitorPlan before in all.Where(one => one.AssignedAt < plan.AssignedAt))
        {
            IReadOnlyList<MonitorReading> read = await readings.OfPlanAsync(before.Id, cancellationToken);
            DateTimeOffset? last = read.Count == 0 ? null : read.Max(reading => reading.WindowTo);
            latest = last > latest || latest is null ? last ?? latest : latest;
        }

        return latest;
    }
}
