using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Monitors;

/// <summary>Keeps the readings of one monitor and window in place of those before. Operational rows: no ledger entry.</summary>
public sealed class WriteReadings(IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>Keeps them: all or none.</summary>
    /// <param name="readings">Of one deployment, plan, monitor and window.</param>
    /// <param name="cancellationToken">Ends it, and nothing was kept.</param>
    public async Task RunAsync(IReadOnlyList<MonitorReading> readings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(readings);
        if (readings.Count == 0)
        {
            return;
        }

        MonitorReading one = readings[0];
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        List<MonitorReading> before = await db.MonitorReadings
            .Where(row => row.Deployment == one.Deployment && row.Plan == one.Plan && row.Monitor == one.Monitor
                && row.WindowFrom == one.WindowFrom && row.WindowTo == one.WindowTo)
            .ToListAsync(cancellationToken);
        foreach (MonitorReading gone in before.Where(row => readings.All(reading => reading.Series != row.Series)))
        {
            db.MonitorReadings.Remove(gone);
        }

        foreach (MonitorReading reading in readings)
        {
            if (before.Find(row => row.Series == reading.Series) is MonitorReading known)
            {
                db.Entry(known).CurrentValues.SetValues(reading);
            }
            else
            {
                db.MonitorReadings.Add(reading);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}
