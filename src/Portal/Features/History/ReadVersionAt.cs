using Governance.Portal.Features.Versions;
using Governance.Registry.Deployments;
using Governance.Registry.Policies;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.History;

/// <summary>Reads what stood of a version at a moment: facts are only added, so those of that day are still there.</summary>
internal sealed class ReadVersionAt(IDbContextFactory<GovernanceDb> databases, DeploymentQueries deployments)
{
    /// <summary>The version then, and the policy packs that counted for its model on that day as far as they were adopted by then.</summary>
    public async Task<(VersionAt Version, PolicyInForce Policy)> OfAsync(VersionView view, DateTimeOffset at, CancellationToken cancellationToken)
    {
        IReadOnlyList<DeploymentView> all = await deployments.VisibleToAsync(view.Viewer.Person, null, cancellationToken);
        DeploymentView[] own = [.. all.Where(each => each.Deployment.Model == view.Model.Id)];
        await using GovernanceDb db = await databases.CreateDbContextAsync(cancellationToken);
        ModelVersionId[] versions = [.. own.Select(each => each.Deployment.Version).Distinct()];
        ILookup<ModelVersionId, StageMove> moves = (await db.StageMoves.AsNoTracking().Where(move => versions.Contains(move.Version)).ToListAsync(cancellationToken))
            .ToLookup(move => move.Version);
        AdoptedPack[] adopted = [.. (await PolicyInForce.ReadAsync(db, cancellationToken)).Where(pack => pack.AdoptedAt <= at)];
        return (
            VersionAt.Of(view, own, version => VersionAt.StageAt(moves[version], at).IsApproved(), at),
            PolicyInForce.Of(adopted, scope => scope.Holds(view.Model.Name, view.Model.Tier), DateOnly.FromDateTime(at.UtcDateTime)));
    }
}
