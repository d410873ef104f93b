using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;

namespace Governance.Registry.Storage;

/// <summary>Brings a database's schema up to date in one transaction: all of what is missing, or nothing of it.</summary>
/// <remarks>
/// The library's own way commits in between. On SQLite it does so inside a migration, and keeps its lock as a row: a process that
/// was killed left a schema that fits no version, and a lock that every later start waited for without end. On PostgreSQL, of two
/// processes that start on an empty database one fails. Here the lock ends with the process: SQLite's own for writing, an advisory
/// one on PostgreSQL.
/// </remarks>
internal static class ApplyMigrations
{
    // Any constant does; this one spells "gov mig" so that it can be told apart in pg_locks.
    private const long AdvisoryLock = 0x676f765f6d6967;

    /// <summary>Applies what is missing.</summary>
    /// <param name="db">Without a transaction of its own.</param>
    /// <param name="cancellationToken">Leaves the schema as it was.</param>
    /// <returns>The names of the migrations that were applied, in order; none where the schema was current.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(GovernanceDb db, CancellationToken cancellationToken)
    {
        if ((await MissingAsync(db, cancellationToken)).Length == 0)
        {
            return [];
        }

        if (!db.Database.IsSqlite())
        {
            IRelationalDatabaseCreator creator = db.GetService<IRelationalDatabaseCreator>();
            if (!await creator.ExistsAsync(cancellationToken))
            {
                await creator.CreateAsync(cancellationToken);
            }

            return await RunAtOnceAsync(db, cancellationToken);
        }

        // A table whose columns change is made anew, and dropping the old one must not touch rows that point to it. SQLite takes this
        // setting outside of transactions alone.
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await db.Database.ExecuteSqlAsync($"PRAGMA foreign_keys=OFF", cancellationToken);
            return await RunAtOnceAsync(db, cancellationToken);
        }
        finally
        {
            await db.Database.ExecuteSqlAsync($"PRAGMA foreign_keys=ON", CancellationToken.None); // the connection is kept for others
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>A transaction that no other process that starts has beside it.</summary>
    public static async Task<IDbContextTransaction> BeginAloneAsync(GovernanceDb db, CancellationToken cancellationToken)
    {
        IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(cancellationToken); // on SQLite that of the only writer
        if (!db.Database.IsSqlite())
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({AdvisoryLock})", cancellationToken);
        }

        return transaction;
    }

    private static async Task<string[]> RunAtOnceAsync(GovernanceDb db, CancellationToken cancellationToken)
    {
        await using IDbContextTransaction all = await BeginAloneAsync(db, cancellationToken);
        await ExecuteAsync(db, all, db.GetService<IHistoryRepository>().GetCreateIfNotExistsScript(), cancellationToken);
        string[] missing = await MissingAsync(db, cancellationToken); // another process may have been first
        string[] known = [.. db.Database.GetMigrations()];
        IMigrator migrator = db.GetService<IMigrator>();
        foreach (string name in missing)
        {
            string before = Array.IndexOf(known, name) is > 0 and int at ? known[at - 1] : Migration.InitialDatabase;
            await ExecuteAsync(db, all, migrator.GenerateScript(before, name, MigrationsSqlGenerationOptions.NoTransactions), cancellationToken);
        }

        await all.CommitAsync(cancellationToken);
        return missing;
    }

    private static async Task ExecuteAsync(GovernanceDb db, IDbContextTransaction transaction, string script, CancellationToken cancellationToken)
    {
        await using DbCommand command = db.Database.GetDbConnection().CreateCommand();
        command.CommandTimeout = 0; // large tables take their time
        command.Transaction = transaction.GetDbTransaction();
        command.CommandText = script;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<string[]> MissingAsync(GovernanceDb db, CancellationToken cancellationToken) =>
        [.. await db.Database.GetPendingMigrationsAsync(cancellationToken)];
}
