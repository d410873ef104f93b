using Governance.Audit.Data;
using Governance.Audit.Traffic;
using Governance.Registry.Datasets;
using Governance.Registry.Deployments;
using Governance.Registry.Ledger;

namespace Governance.Audit.Runs;

/// <summary>Puts registered data sets in the place of the traffic that an audit's options ask for.</summary>
public sealed class PlaceTraffic(KeepTraffic keep)
{
    /// <summary>The options with data sets alone; the same where they ask for no traffic.</summary>
    /// <param name="actor">In whose name the traffic is kept.</param>
    /// <param name="options">What to measure.</param>
    /// <param name="now">The days end before it, and labels count that are known by then.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">A window has no such rows, or the actor may not keep them; the sentence says so.</exception>
    public async Task<AuditOptions> RunAsync(Actor actor, AuditOptions options, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        string? evaluation = await KeptAsync(options.EvaluationTraffic, true);
        string? current = await KeptAsync(options.CurrentTraffic, false);
        return options with
        {
            Evaluation = evaluation ?? options.Evaluation,
            Current = current ?? options.Current,
            EvaluationTraffic = null,
            CurrentTraffic = null,
        };

        async Task<string?> KeptAsync(TrafficDays? days, bool labelled) => days is null ? null
            : await keep.RunAsync(actor, KeptTraffic.LastDays(new DeploymentId(days.Deployment), days.Days, now, labelled), cancellationToken) switch
            {
                RegisterDatasetOutcome.Registered { Dataset: var kept } => kept.Name,
                RegisterDatasetOutcome.Refused { Reason: var reason } => throw new InputException(reason.Sentence),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
    }
}
