using Governance.Registry.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Governance.Registry.Storage;

/// <summary>
/// Gives a role of PostgreSQL what the portal needs and no more: it reads and adds everywhere, but what a trigger guards it may
/// not update or delete, and nothing it may truncate. So even the portal's own sign-in cannot rewrite the ledger.
/// </summary>
/// <remarks>
/// Read from the triggers as they stand, so that a table of a later migration is guarded by the same line. Run as the owner of
/// the tables, again after each migration.
/// </remarks>
public sealed class GrantToApplication(IDbContextFactory<GovernanceDb> contexts)
{
    // Bits of pg_trigger.tgtype: 1 for each row, 2 before, 8 delete, 16 update. A trigger with a condition leaves some updates
    // free. The role's name comes as a setting, because a block takes no parameters; format quotes it.
    private static readonly FormattableString Grant = $"""
        DO $$ DECLARE grantee text := current_setting('governance.grant_to'); t record; BEGIN
        EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA public FROM %I', grantee);
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), grantee);
        EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', grantee);
        EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO %I', grantee);
        FOR t IN
            SELECT c.relname AS name,
                EXISTS (SELECT FROM pg_trigger g WHERE g.tgrelid = c.oid AND NOT g.tgisinternal AND g.tgtype & 19 = 19 AND g.tgqual IS NULL
                    AND g.tgfoid = 'governance_append_only'::regproc) AS keeps_values,
                EXISTS (SELECT FROM pg_trigger g WHERE g.tgrelid = c.oid AND NOT g.tgisinternal AND g.tgtype & 11 = 11 AND g.tgqual IS NULL
                    AND g.tgfoid = 'governance_append_only'::regproc) AS keeps_rows
            FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> '__EFMigrationsHistory'
        LOOP
            EXECUTE format('GRANT SELECT, INSERT ON %I TO %I', t.name, grantee);
            IF NOT t.keeps_values THEN EXECUTE format('GRANT UPDATE ON %I TO %I', t.name, grantee); END IF;
            IF NOT t.keeps_rows THEN EXECUTE format('GRANT DELETE ON %I TO %I', t.name, grantee); END IF;
        END LOOP;
        EXECUTE format('GRANT SELECT ON %I TO %I', '__EFMigrationsHistory', grantee);
        END $$
        """;

    /// <summary>Grants.</summary>
    /// <param name="role">The role's name, as it is.</param>
    /// <param name="cancellationToken">Ends it, and nothing was granted.</param>
    /// <returns>How many tables the role may use now, or why it was not done.</returns>
    public async Task<(int Tables, Refusal? Reason)> RunAsync(string role, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(role);
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!db.Database.IsNpgsql())
        {
            return (0, new Refusal("no-roles", "SQLite knows no roles: whoever may write the file may write all of it. --grant-to is for PostgreSQL."));
        }

        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await RefusalAsync(db, role, cancellationToken) is Refusal refusal)
        {
            return (0, refusal);
        }

        await db.Database.ExecuteSqlAsync($"SELECT set_config('governance.grant_to', {role}, true)", cancellationToken);
        await db.Database.ExecuteSqlAsync(Grant, cancellationToken);
        List<int> tables = await db.Database.SqlQuery<int>($"""
            SELECT count(*)::int AS "Value" FROM pg_class c
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND has_table_privilege({role}, c.oid, 'INSERT')
            """).ToListAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (tables[0], null);
    }

    // Grants bind neither a superuser nor an owner, nor whoever is a member of one.
    private static async Task<Refusal?> RefusalAsync(GovernanceDb db, string role, CancellationToken cancellationToken)
    {
        List<string> found = await db.Database.SqlQuery<string>($"""
            SELECT CASE WHEN rolsuper THEN 'superuser'
                WHEN EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public' AND pg_has_role(rolname, tableowner, 'MEMBER')) THEN 'owner'
                ELSE 'fits' END AS "Value"
            FROM pg_roles WHERE rolname = {role}
            """).ToListAsync(cancellationToken);
        return found switch
        {
            ["fits"] => null,
            [] => new Refusal("no-role", $"There is no role '{role}'. Make one first: CREATE ROLE {role} LOGIN."),
            ["superuser"] => new Refusal("unbound", $"The role '{role}' is a superuser, whom no grant binds. Make another one for the portal."),
            _ => new Refusal("unbound", $"The role '{role}' owns tables of the portal, or belongs to their owner: no grant binds it. Make another one for the portal."),
        };
    }
}
