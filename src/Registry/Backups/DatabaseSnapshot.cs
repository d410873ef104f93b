using Governance.Registry.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Backups;

/// <summary>A database file that nobody else writes: a copy taken for a backup, or one being restored.</summary>
internal sealed class DatabaseSnapshot(string file) : IDbContextFactory<GovernanceDb>
{
    /// <summary>Copies a database as of one moment, while others go on writing to it.</summary>
    /// <param name="connection">The running database.</param>
    /// <param name="target">A path with nothing at it.</param>
    /// <param name="cancellationToken">Ends it before it begins.</param>
    /// <remarks>
    /// <c>VACUUM INTO</c> reads one snapshot of the write-ahead log and holds up no writer; unlike a copy of the pages
    /// it leaves behind what was deleted, such as an erased personal text.
    /// </remarks>
    public static async Task TakeAsync(string connection, string target, CancellationToken cancellationToken)
    {
        await using (SqliteConnection from = new(new SqliteConnectionStringBuilder(connection) { Pooling = false }.ToString()))
        {
            await from.OpenAsync(cancellationToken);
            await using SqliteCommand command = from.CreateCommand();
            command.CommandText = "PRAGMA busy_timeout=30000; VACUUM INTO $target;";
            command.Parameters.AddWithValue("$target", target);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>The first fault that SQLite itself finds in the file; null for none.</summary>
    public async Task<string?> FaultAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using SqliteConnection connection = new(ConnectionString);
            await connection.OpenAsync(cancellationToken);
            await using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "PRAGMA integrity_check(1);";
            string? answer = await command.ExecuteScalarAsync(cancellationToken) as string;
            return answer == "ok" ? null : answer ?? "it gives no answer";
        }
        catch (SqliteException fault)
        {
            return fault.Message;
        }
    }

    /// <inheritdoc/>
    public GovernanceDb CreateDbContext() => new SqliteGovernanceDb(
        new DbContextOptionsBuilder<SqliteGovernanceDb>().UseSqlite(ConnectionString).Options);

    // No pool: the file is moved or deleted right after.
    private string ConnectionString => new SqliteConnectionStringBuilder
    {
        DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = false,
    }.ToString();
}
