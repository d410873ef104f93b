using Governance.Portal.Features.SignOffs;
using Governance.Registry.Access;
using Governance.Registry.Deployments;
using Governance.Registry.Versions;

namespace Governance.Portal.Features.Comparisons;

/// <summary>How long both versions took to answer where they are live; null for one that has not answered lately.</summary>
public sealed record ComparedLatency(ServedLatency? First, ServedLatency? Second);

/// <summary>Reads it from the traffic of their deployments, as far as the person who looks sees them.</summary>
internal sealed class ReadComparedLatency(DeploymentQueries deployments, ReadServedLatency latency)
{
    /// <summary>Reads both.</summary>
    public async Task<ComparedLatency> OfAsync(UserId viewer, ModelVersionId first, ModelVersionId second, CancellationToken cancellationToken) =>
        new(await OneAsync(viewer, first, cancellationToken), await OneAsync(viewer, second, cancellationToken));

    private async Task<ServedLatency?> OneAsync(UserId viewer, ModelVersionId version, CancellationToken cancellationToken) =>
        await latency.OfAsync([.. (await deployments.VisibleToAsync(viewer, version, cancellationToken)).Where(view => view.End is null)], cancellationToken);
}
