using Governance.Registry.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Governance.Registry.Ledger;

/// <summary>One moment of the whole database, so that a change in between does not look like tampering.</summary>
internal static class LedgerSnapshot
{
    /// <summary>Begins it; holds up no writer. SQLite: a deferred transaction reads one snapshot (WAL).</summary>
    public static async Task<IDbContextTransaction> BeginAsync(GovernanceDb db, CancellationToken cancellationToken)
    {
        if (!db.Database.IsSqlite())
        {
            return await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        }

        await db.Database.OpenConnectionAsync(cancellationToken);
        SqliteConnection connection = (SqliteConnection)db.Database.GetDbConnection();
        return (await db.Database.UseTransactionAsync(connection.BeginTransaction(deferred: true), cancellationToken))!;
    }
}
