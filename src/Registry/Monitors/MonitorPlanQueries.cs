using Governance.Registry.Deployments;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Monitors;

/// <summary>Reads plans of monitors. Who may see them is judged by who asks.</summary>
public sealed class MonitorPlanQueries(IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>The plan that counts for a deployment: the latest; null where there is none.</summary>
    public async Task<MonitorPlan?> InForceAsync(DeploymentId deployment, CancellationToken cancellationToken) =>
        await OfAsync(deployment, cancellationToken) is [MonitorPlan latest, ..] ? latest : null;

    /// <summary>All plans of a deployment, the latest first.</summary>
    public async Task<IReadOnlyList<MonitorPlan>> OfAsync(DeploymentId deployment, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.MonitorPlans.AsNoTracking().Where(plan => plan.Deployment == deployment)
            .OrderByDescending(plan => plan.AssignedAt).ThenByDescending(plan => plan.Id).ToListAsync(cancellationToken);
    }

    /// <summary>The deployments that have a plan.</summary>
    public async Task<IReadOnlyList<DeploymentId>> WatchedAsync(CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.MonitorPlans.AsNoTracking().Select(plan => plan.Deployment).Distinct().ToListAsync(cancellationToken);
    }
}
