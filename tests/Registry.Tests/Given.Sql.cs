using System.Data.Common;
using System.Text.RegularExpressions;
using Governance.Registry.Checkpoints;
using Governance.Registry.Storage;
using Governance.Tests;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Governance.Registry.Tests;

internal sealed partial class Given
{
    private bool unguarded;

    /// <summary>A new registry on a database that nobody has used, with people.</summary>
    /// <param name="connection">An empty database of PostgreSQL, which stays; null for a file in its own folder.</param>
    public static async Task<Given> NewAsync(string? connection)
    {
        Given given = Open(connection);
        given.isTemplate = true;
        await given.PeopleAsync();
        await given.FindPeopleAsync();
        return given;
    }

    /// <summary>The registry that another process has in a folder.</summary>
    public static async Task<Given> AtAsync(string folder, string? connection)
    {
        Given given = Open(connection, folder);
        given.isTemplate = true;
        await given.FindPeopleAsync();
        return given;
    }

    /// <summary>The same database and key once more, as another role of PostgreSQL.</summary>
    public async Task<Given> ReopenAsync(string role)
    {
        Given again = Open((await PostgreSqlServer.SharedAsync()).ConnectionTo(DatabaseOf(Get<RegistryOptions>()), role));
        again.isTemplate = true;
        await again.WriteKeyAsync(await File.ReadAllTextAsync(Path.Combine(Folder, "kek")));
        await again.FindPeopleAsync();
        return again;
    }

    /// <summary>What a database administrator can do: no interceptor, triggers only while they are there.</summary>
    /// <param name="text">With names as they are; PostgreSQL, which would fold their case, gets them quoted.</param>
    public void Sql(string text)
    {
        using DbConnection connection = Connect();
        using DbCommand command = connection.CreateCommand();
        command.CommandText = OnPostgreSql
            ? (unguarded ? "SET session_replication_role = replica; " : "")
                + NameOrText().Replace(text, match => char.IsLetter(match.Value[0]) ? $"\"{match.Value}\"" : match.Value)
            : text;
        command.ExecuteNonQuery();
    }

    /// <summary>Asserts that a trigger stops a statement.</summary>
    public void AssertGuarded(string sql)
    {
        if (OnPostgreSql && sql.Contains(" OR REPLACE ", StringComparison.Ordinal))
        {
            return; // only SQLite has such a statement
        }

        DbException fault = Assert.ThrowsAny<DbException>(() => Sql(sql));
        Assert.True(fault is SqliteException { SqliteErrorCode: 19 } or PostgresException { SqlState: "P0001" }, fault.Message); // RAISE
    }

    /// <summary>Takes the triggers out of the way of <see cref="Sql"/>. On PostgreSQL its session says that it is a replica.</summary>
    public void DropTriggers()
    {
        if (!OnPostgreSql)
        {
            Sql(string.Concat(Lines("SELECT name FROM sqlite_master WHERE type = 'trigger'").Select(name => $"DROP TRIGGER \"{name}\";")));
        }

        unguarded = true;
    }

    public bool OnPostgreSql => Get<RegistryOptions>().IsPostgreSql;

    /// <summary>The first column of what a query answers, in the database's own dialect.</summary>
    public List<string> Lines(string query)
    {
        using DbConnection connection = Connect();
        using DbCommand command = connection.CreateCommand();
        command.CommandText = query;
        using DbDataReader reader = command.ExecuteReader();
        List<string> lines = [];
        while (reader.Read())
        {
            lines.Add(reader.GetString(0));
        }

        return lines;
    }

    // Tables and columns are in mixed case, keywords are not; texts and what is quoted already stay as they are.
    [GeneratedRegex("""'[^']*'|"[^"]*"|\b[A-Z][a-z]\w*""")]
    private static partial Regex NameOrText();

    /// <summary>Seals a checkpoint over the ledger as it stands.</summary>
    public async Task<SignedCheckpoint> CheckpointAsync() =>
        Assert.IsType<SealOutcome.Sealed>(await Get<SealCheckpoint>().RunAsync(default)).Checkpoint;

    /// <summary>Takes the database away, as a server that went down or a disk that is gone does.</summary>
    public async Task CutOffAsync()
    {
        if (OnPostgreSql)
        {
            await (await PostgreSqlServer.SharedAsync()).RunAsync(
                $"ALTER DATABASE {Name} ALLOW_CONNECTIONS false; SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{Name}'");
        }
        else
        {
            string file = Get<RegistryOptions>().DatabaseFile!;
            SqliteConnection.ClearAllPools();
            File.Move(file, file + ".away");
            Directory.CreateDirectory(file);
        }
    }

    /// <summary>Gives it back.</summary>
    public async Task ReconnectAsync()
    {
        if (OnPostgreSql)
        {
            await (await PostgreSqlServer.SharedAsync()).RunAsync($"ALTER DATABASE {Name} ALLOW_CONNECTIONS true");
        }
        else
        {
            string file = Get<RegistryOptions>().DatabaseFile!;
            Directory.Delete(file);
            File.Move(file + ".away", file);
        }
    }

    private static string DatabaseOf(RegistryOptions options) => new NpgsqlConnectionStringBuilder(options.EffectiveConnectionString).Database!;

    private string Name => DatabaseOf(Get<RegistryOptions>());

    private DbConnection Connect()
    {
        string text = Get<RegistryOptions>().EffectiveConnectionString;
        DbConnection connection = OnPostgreSql ? new NpgsqlConnection(text) : new SqliteConnection(text);
        connection.Open();
        return connection;
    }
}
