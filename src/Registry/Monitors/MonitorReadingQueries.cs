using Governance.Registry.Deployments;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Monitors;

/// <summary>Reads what monitors read. Who may see it is judged by who asks.</summary>
public sealed class MonitorReadingQueries(IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>The readings of windows that end within a span, in the order in which they became known.</summary>
    /// <param name="deployment">Whose.</param>
    /// <param name="from">Windows that end at or before this are left out.</param>
    /// <param name="to">Windows that end after this are left out.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<MonitorReading>> BetweenAsync(
        DeploymentId deployment, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.MonitorReadings.AsNoTracking()
            .Where(reading => reading.Deployment == deployment && reading.WindowTo > from && reading.WindowTo <= to)
            .OrderBy(reading => reading.DueAt).ThenBy(reading => reading.Monitor).ThenBy(reading => reading.WindowFrom).ThenBy(reading => reading.Series)
            .ToListAsync(cancellationToken);
    }

    /// <summary>All readings of one plan, in the order in which they became known.</summary>
    public async Task<IReadOnlyList<MonitorReading>> OfPlanAsync(MonitorPlanId plan, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.MonitorReadings.AsNoTracking().Where(reading => reading.Plan == plan)
            .OrderBy(reading => reading.DueAt).ThenBy(reading => reading.Monitor).ThenBy(reading => reading.WindowFrom).ThenBy(reading => reading.Series)
            .ToListAsync(cancellationToken);
    }

    /// <summary>The end of the last window read on a deployment; null where none was.</summary>
    public async Task<DateTimeOffset?> LatestAsync(DeploymentId deployment, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.MonitorReadings.AsNoTracking().Where(reading => reading.Deployment == deployment)
            .MaxAsync(reading => (DateTimeOffset?)reading.WindowTo, cancellationToken);
    }
}
