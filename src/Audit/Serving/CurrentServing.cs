using System.Collections.Concurrent;
using Governance.Registry.Ledger;
using Governance.Registry.Serving;
using Governance.Registry.Versions;

namespace Governance.Audit.Serving;

/// <summary>How versions are served now, remembered for as long as nothing changes.</summary>
/// <remarks>A choice of this process counts at once, one of another process after <see cref="MaxAge"/> at the latest.</remarks>
public sealed class CurrentServing(ServingQueries queries, AppendGate gate, TimeProvider clock)
{
    /// <summary>How long settings are remembered.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<ModelVersionId, (ServingSettings Settings, long Changes, DateTimeOffset At)> known = new();

    /// <summary>How a version is served.</summary>
    public async ValueTask<ServingSettings> OfAsync(ModelVersionId version, CancellationToken cancellationToken)
    {
        long changes = gate.Changes;
        DateTimeOffset now = clock.GetUtcNow();
        if (known.TryGetValue(version, out (ServingSettings Settings, long Changes, DateTimeOffset At) entry)
            && entry.Changes == changes && now >= entry.At && now - entry.At < MaxAge)
        {
            return entry.Settings;
        }

        ServingSettings settings = await queries.OfAsync(version, cancellationToken);
        known[version] = (settings, changes, now);
        return settings;
    }
}
