using System.Collections.Concurrent;
using Governance.Registry.Deployments;
using Governance.Registry.Ledger;
using Governance.Registry.Models;

namespace Governance.Audit.Serving;

/// <summary>What of a model is deployed, remembered for as long as nothing changes.</summary>
/// <remarks>What this process changed counts at once, what another one did after <see cref="MaxAge"/> at the latest.</remarks>
public sealed class LiveDeployments(DeploymentQueries queries, AppendGate gate, TimeProvider clock)
{
    /// <summary>How long it is remembered.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<ModelId, (IReadOnlyList<DeploymentView> Live, long Changes, DateTimeOffset At)> known = new();

    /// <summary>Everything of a model that has begun and not ended, in all environments.</summary>
    public async ValueTask<IReadOnlyList<DeploymentView>> OfAsync(ModelId model, CancellationToken cancellationToken)
    {
        long changes = gate.Changes;
        DateTimeOffset now = clock.GetUtcNow();
        if (!known.TryGetValue(model, out (IReadOnlyList<DeploymentView> Live, long Changes, DateTimeOffset At) entry)
            || entry.Changes != changes || now < entry.At || now - entry.At >= MaxAge)
        {
            entry = (await queries.LiveAsync(model, null, cancellationToken), changes, now);
            known[model] = entry;
        }

        return [.. entry.Live.Where(view => view.Deployment.From <= now)];
    }
}
