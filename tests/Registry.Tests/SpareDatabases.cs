using System.Collections.Concurrent;
using Governance.Tests;
using Npgsql;

namespace Governance.Registry.Tests;

/// <summary>Databases on PostgreSQL with a schema and a few rows, which tests use one after the other.</summary>
/// <remarks>
/// Copying a database copies a thousand files; putting rows back takes milliseconds, and the connections stay warm. What
/// each begins with is kept beside it in a schema of its own.
/// </remarks>
internal static class SpareDatabases
{
    private const string Keep = """
        CREATE SCHEMA kept;
        DO $$ DECLARE t record; filled boolean; BEGIN
        FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE '\_\_EF%' LOOP
            EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', t.tablename) INTO filled;
            IF filled THEN EXECUTE format('CREATE TABLE kept.%I AS TABLE public.%I', t.tablename, t.tablename); END IF;
        END LOOP; END $$;
        """;

    // As a replica no trigger and no foreign key stands in the way.
    private const string PutBack = """
        SET lock_timeout = '5s'; SET session_replication_role = replica;
        DO $$ DECLARE t record; BEGIN
        FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE '\_\_EF%' LOOP
            EXECUTE format('DELETE FROM public.%I', t.tablename);
        END LOOP;
        FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'kept' LOOP
            EXECUTE format('INSERT INTO public.%I SELECT * FROM kept.%I', t.tablename, t.tablename);
        END LOOP; END $$;
        """;

    private static readonly ConcurrentBag<string> Spare = [];

    /// <summary>Makes a database one of which copies are taken.</summary>
    public static async Task KeepAsync(string template) => await (await PostgreSqlServer.SharedAsync()).RunAsync(Keep, template);

    /// <summary>A database as the template is.</summary>
    public static async Task<string> TakeAsync(string template) =>
        Spare.TryTake(out string? name) ? name : await (await PostgreSqlServer.SharedAsync()).CreateAsync(template);

    /// <summary>Takes one back, with everything in it as it was at first.</summary>
    public static async Task ReturnAsync(string name)
    {
        PostgreSqlServer server = await PostgreSqlServer.SharedAsync();
        try
        {
            await using NpgsqlConnection connection = new(server.ConnectionTo(name));
            await connection.OpenAsync();
            await using NpgsqlCommand command = new(PutBack, connection);
            await command.ExecuteNonQueryAsync();
            Spare.Add(name);
        }
        catch (PostgresException)
        {
            await server.DropAsync(name); // a test left it with other tables, or with a transaction open
        }
    }
}
