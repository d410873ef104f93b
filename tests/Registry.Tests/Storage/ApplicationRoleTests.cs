using Governance.Registry.Ledger;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Governance.Tests;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Governance.Registry.Tests.Storage;

/// <summary>The role that the portal has on PostgreSQL can do all its work and cannot rewrite history.</summary>
public sealed class ApplicationRoleTests
{
    private const string NoPrivilege = "42501";

    [SkippableFact]
    public async Task The_role_goes_the_whole_way_and_may_neither_change_nor_remove_what_is_only_added_to()
    {
        await using Given owner = await OwnerAsync();
        await ApplicationDatabase.MakeRoleAsync(await PostgreSqlServer.SharedAsync(), ApplicationDatabase.Role);
        Assert.Null((await owner.Get<GrantToApplication>().RunAsync(ApplicationDatabase.Role, default)).Reason);
        await using Given app = await owner.ReopenAsync(ApplicationDatabase.Role);

        Assert.Empty(await app.Get<MigrateDatabase>().RunAsync(default)); // as every start does
        ModelVersion version = await app.InReviewAsync();
        Assert.IsType<SignOffOutcome.Recorded>(await app.ReviewAsync(app.Reviewer, version));
        Assert.IsType<SignOffOutcome.Recorded>(await app.DecideAsync(app.Approver, version));
        Assert.IsType<MoveOutcome.Moved>(await app.MoveAsync(app.Operator, version, StageRequest.Suspend));
        Assert.IsType<LedgerVerdict.Holds>(await app.Get<VerifyLedger>().RunAsync(default));

        await using GovernanceDb db = app.Db();
        foreach (string table in db.Model.GetEntityTypes().Where(type => type.ClrType.IsAssignableTo(typeof(IAppendOnly))).Select(type => type.GetTableName()!))
        {
            string column = app.Lines($"SELECT column_name::text FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '{table}'")[0];
            Assert.Equal((table, "UPDATE", NoPrivilege), (table, "UPDATE", StateOf(app, $"UPDATE \"{table}\" SET \"{column}\" = \"{column}\"")));
            Assert.Equal((table, "DELETE", NoPrivilege), (table, "DELETE", StateOf(app, $"DELETE FROM \"{table}\"")));
            Assert.Equal((table, "TRUNCATE", NoPrivilege), (table, "TRUNCATE", StateOf(app, $"TRUNCATE \"{table}\" CASCADE")));
        }

        Assert.Equal(NoPrivilege, StateOf(app, "DELETE FROM Versions"));
        Assert.Equal(NoPrivilege, StateOf(app, "ALTER TABLE Ledger DISABLE TRIGGER ALL"));
        Assert.Equal(NoPrivilege, StateOf(app, "DROP TABLE Ledger"));
        Assert.Equal(NoPrivilege, StateOf(app, "SET session_replication_role = replica"));
    }

    [SkippableFact]
    public async Task Only_a_role_that_grants_bind_is_granted_anything()
    {
        await using Given owner = await OwnerAsync();

        Assert.Equal("no-role", (await owner.Get<GrantToApplication>().RunAsync("nobody; DROP TABLE x", default)).Reason!.Code);
        Assert.Equal("unbound", (await owner.Get<GrantToApplication>().RunAsync("postgres", default)).Reason!.Code);
    }

    [Fact]
    public async Task Sqlite_knows_no_roles()
    {
        await using Given given = await Given.RegistryAsync();

        Assert.Equal("no-roles", (await given.Get<GrantToApplication>().RunAsync("app", default)).Reason!.Code);
    }

    private static async Task<Given> OwnerAsync()
    {
        Skip.If(PostgreSqlServer.Missing is not null, PostgreSqlServer.Missing);
        Databases.Current = Database.PostgreSql;
        return await Given.RegistryAsync();
    }

    private static string StateOf(Given app, string sql) => Assert.Throws<PostgresException>(() => app.Sql(sql)).SqlState;
}
