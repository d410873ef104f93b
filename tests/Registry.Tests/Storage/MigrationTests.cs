using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Tests;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Governance.Registry.Tests.Storage;

public sealed class MigrationTests
{
    private const string OfSqlite = """
        WITH own AS (SELECT * FROM sqlite_master WHERE name NOT LIKE '\_\_EF%' ESCAPE '\' AND name NOT LIKE 'sqlite\_%' ESCAPE '\')
        SELECT type || '|' || name || '|' || COALESCE(sql, '') FROM own WHERE type <> 'table'
        UNION ALL SELECT 'column|' || own.name || '|' || c.name || '|' || c.type || '|' || c."notnull" || '|' || c.pk
        FROM own, pragma_table_info(own.name) AS c WHERE own.type = 'table'
        UNION ALL SELECT 'foreign-key|' || own.name || '|' || k."from" || '|' || k."table" || '|' || k."to" || '|' || k.on_delete
        FROM own, pragma_foreign_key_list(own.name) AS k WHERE own.type = 'table'
        """;

    private const string OfPostgreSql = """
        SELECT 'column|' || table_name || '|' || column_name || '|' || data_type || '|' || COALESCE(character_maximum_length, 0) || '|' || is_nullable
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\_\_EF%'
        UNION ALL SELECT 'index|' || indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE '\_\_EF%'
        UNION ALL SELECT 'constraint|' || conrelid::regclass || '|' || conname || '|' || pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 't' AND conrelid::regclass::text NOT LIKE '%\_\_EF%'
        UNION ALL SELECT 'trigger|' || tgname || '|' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
        """;

    [Theory]
    [InlineData("Data Source=:memory:")]
    [InlineData("Host=127.0.0.1;Database=none")]
    public async Task The_migrations_hold_the_whole_model(string connection)
    {
        await using ServiceProvider services = new ServiceCollection()
            .AddRegistry(new RegistryOptions { ConnectionString = connection }).BuildServiceProvider();
        await using GovernanceDb db = services.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContext();

        Assert.False(db.Database.HasPendingModelChanges());
        Assert.Contains("AspNetUserPasskeys", db.Model.GetEntityTypes().Select(type => type.GetTableName()));
    }

    [DatabaseFact]
    public async Task Migrating_gives_what_creating_gives_and_the_triggers()
    {
        await using Given migrated = await Given.RegistryAsync();
        await using Given created = await Given.EmptyAsync();
        Directory.CreateDirectory(created.Get<RegistryOptions>().DataFolder);
        await using (GovernanceDb db = created.Db())
        {
            await db.Database.EnsureCreatedAsync();
        }

        string[] wanted = Schema(created);
        Assert.True(wanted.Length > 40);
        Assert.Equal(wanted, Schema(migrated).Where(line => !line.StartsWith("trigger", StringComparison.Ordinal)));
    }

    [DatabaseFact]
    public async Task Every_append_only_table_has_its_triggers()
    {
        await using Given given = await Given.RegistryAsync();
        await using GovernanceDb db = given.Db();
        string[] schema = Schema(given);

        string[] tables = [.. db.Model.GetEntityTypes().Where(type => type.ClrType.IsAssignableTo(typeof(IAppendOnly))).Select(type => type.GetTableName()!)];

        Assert.True(tables.Length >= 10);
        foreach (string table in tables)
        {
            foreach (string guard in given.OnPostgreSql ? (string[])["append_only", "no_truncate"] : ["no_update", "no_delete", "no_replace"])
            {
                Assert.Contains(schema, line => line.StartsWith($"trigger|{table}_{guard}|", StringComparison.Ordinal));
            }
        }
    }

    // Only PostgreSQL has this way round the triggers of rows.
    [SkippableFact]
    public async Task No_table_of_facts_can_be_truncated()
    {
        Skip.If(PostgreSqlServer.Missing is not null, PostgreSqlServer.Missing);
        Databases.Current = Database.PostgreSql;
        await using Given given = await Given.RegistryAsync();
        await using GovernanceDb db = given.Db();

        foreach (IEntityType type in db.Model.GetEntityTypes().Where(type => type.ClrType.IsAssignableTo(typeof(IAppendOnly)) || type.ClrType.IsAssignableTo(typeof(IFact))))
        {
            PostgresException fault = Assert.Throws<PostgresException>(() => given.Sql($"TRUNCATE {type.GetTableName()} CASCADE"));
            Assert.True(fault.SqlState == "P0001", $"{type.GetTableName()}: {fault.Message}");
        }
    }

    [DatabaseFact]
    public async Task A_second_start_has_nothing_to_apply()
    {
        await using Given given = await Given.EmptyAsync();

        await using GovernanceDb db = given.Db();

        Assert.Equal(db.Database.GetMigrations(), await given.Get<MigrateDatabase>().RunAsync(default));
        Assert.Empty(await given.Get<MigrateDatabase>().RunAsync(default));
        Assert.True(await given.Get<MigrateDatabase>().IsCurrentAsync(default));
    }

    [DatabaseFact]
    public async Task A_schema_that_cannot_be_brought_up_to_date_stays_as_it_was()
    {
        await using Given given = await Given.EmptyAsync();
        Directory.CreateDirectory(given.Get<RegistryOptions>().DataFolder);
        string last = await LastTableAsync(given);
        given.Sql($"CREATE TABLE {last} (stands_in_the_way INT)");
        string[] before = Schema(given);

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => given.Get<MigrateDatabase>().RunAsync(default));

        Assert.Equal(before, Schema(given));
        given.Sql($"DROP TABLE {last}");
        Assert.NotEmpty(await given.Get<MigrateDatabase>().RunAsync(default));
        await using Given whole = await Given.RegistryAsync();
        Assert.Equal(Schema(whole), Schema(given));
    }

    [DatabaseFact]
    public async Task Of_two_starts_at_once_one_applies_what_is_missing()
    {
        await using Given given = await Given.EmptyAsync();

        IReadOnlyList<string>[] applied = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => given.Get<MigrateDatabase>().RunAsync(default))));

        await using GovernanceDb db = given.Db();
        Assert.Equal(db.Database.GetMigrations(), await db.Database.GetAppliedMigrationsAsync());
        Assert.Equal([0, db.Database.GetMigrations().Count()], applied.Select(names => names.Count).Order());
        Assert.Equal(Enum.GetNames<Role>().Order(StringComparer.Ordinal), (await db.Roles.Select(role => role.Name!).ToListAsync()).Order(StringComparer.Ordinal));
    }

    // The migration "Rights" makes the table of grants anew.
    [Fact]
    public async Task A_table_that_is_made_anew_keeps_its_rows()
    {
        await using Given given = await Given.EmptyAsync();
        Directory.CreateDirectory(given.Get<RegistryOptions>().DataFolder);
        await using (GovernanceDb db = given.Db())
        {
            await db.GetService<IMigrator>().MigrateAsync("Programs");
        }

        given.Sql("PRAGMA foreign_keys=OFF; INSERT INTO Grants (Id, Model, User, Explanations, PersonalRows, GrantedAt, Revision) VALUES ('a', 'b', 'c', 1, 0, 5, 7)");

        Assert.NotEmpty(await given.Get<MigrateDatabase>().RunAsync(default));

        Assert.Equal(["a|b|c|1|5|7"], given.Lines("SELECT Id || '|' || Model || '|' || User || '|' || Explanations || '|' || GrantedAt || '|' || Revision FROM Grants"));
    }

    // As an earlier version left it that was killed while it migrated.
    [Fact]
    public async Task A_lock_that_a_killed_process_left_keeps_nobody_waiting()
    {
        await using Given given = await Given.EmptyAsync();
        Directory.CreateDirectory(given.Get<RegistryOptions>().DataFolder);
        given.Sql("CREATE TABLE __EFMigrationsLock (Id INTEGER NOT NULL PRIMARY KEY, Timestamp TEXT NOT NULL); INSERT INTO __EFMigrationsLock VALUES (1, '2026-11-23')");
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(2));

        Assert.NotEmpty(await given.Get<MigrateDatabase>().RunAsync(patience.Token));
    }

    [Fact]
    public void The_patched_library_of_the_system_is_used_where_there_is_one()
    {
        using SqliteConnection connection = new("Data Source=:memory:");
        connection.Open();

        Assert.Contains(SqliteBinding.Native, (string[])["libsqlite3.so.0", "bundled"]);
        Assert.True(Version.Parse(connection.ServerVersion) >= new Version(3, 35));
    }

    private static async Task<string> LastTableAsync(Given given)
    {
        await using GovernanceDb db = given.Db();
        return db.GetService<IMigrationsAssembly>().Migrations.OrderBy(each => each.Key, StringComparer.Ordinal)
            .SelectMany(each => db.GetService<IMigrationsAssembly>().CreateMigration(each.Value, db.Database.ProviderName!).UpOperations)
            .OfType<CreateTableOperation>().Last().Name;
    }

    // Columns that a later migration added stand last in a table's text, so tables are compared by their columns and keys.
    private static string[] Schema(Given given) => [.. given.Lines(given.OnPostgreSql ? OfPostgreSql : OfSqlite).Order(StringComparer.Ordinal)];
}
