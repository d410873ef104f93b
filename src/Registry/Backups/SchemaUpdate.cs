using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Backups;

/// <summary>Brings a restored database up to this program's schema.</summary>
internal static class SchemaUpdate
{
    /// <summary>Applies what is missing.</summary>
    /// <returns>How many migrations were applied.</returns>
    public static async Task<int> RunAsync(IDbContextFactory<GovernanceDb> database, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await database.CreateDbContextAsync(cancellationToken);
        int missing = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Count();
        if (missing > 0)
        {
            await db.Database.MigrateAsync(cancellationToken);
        }

        return missing;
    }
}
