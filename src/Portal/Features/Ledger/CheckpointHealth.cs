using Governance.Registry.Checkpoints;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Governance.Portal.Features.Ledger;

/// <summary>Whether the last try to seal a checkpoint went well, and whether copies are kept: degraded where not, for pages and for whoever watches the portal.</summary>
internal sealed class CheckpointHealth(ReadCheckpoints checkpoints) : IHealthCheck
{
    private volatile string? refusal;

    /// <summary>Why nothing is signed any more; null where all is well.</summary>
    public string? Refusal => refusal;

    /// <summary>Told what came of sealing.</summary>
    public void Note(SealOutcome outcome) => refusal = outcome is SealOutcome.Refused { Sentence: var sentence } ? sentence : null;

    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        refusal is not null || (await checkpoints.PlacesAsync(cancellationToken)).Any(place => place.Failure is not null)
            ? HealthCheckResult.Degraded()
            : HealthCheckResult.Healthy();
}
