using Governance.Registry;
using Governance.Registry.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Tests;

/// <summary>A database on PostgreSQL as an installation has it: its owner made the tables, and the portal comes as another role.</summary>
public sealed class ApplicationDatabase : IAsyncDisposable
{
    /// <summary>The role that the portal runs as.</summary>
    public const string Role = "governance_app";

    private readonly PostgreSqlServer server;
    private readonly string name;

    private ApplicationDatabase(PostgreSqlServer server, string name)
    {
        this.server = server;
        this.name = name;
    }

    /// <summary>The connection of the role.</summary>
    public string Connection => server.ConnectionTo(name, Role);

    /// <summary>Makes one, migrated and granted.</summary>
    /// <param name="options">Where data folder and key are; its own connection is not used.</param>
    /// <param name="on">The server; null for the one of this process.</param>
    public static async Task<ApplicationDatabase> MakeAsync(RegistryOptions options, PostgreSqlServer? on = null)
    {
        PostgreSqlServer server = on ?? await PostgreSqlServer.SharedAsync();
        ApplicationDatabase database = new(server, await server.CreateAsync());
        await MakeRoleAsync(server, Role);
        await using ServiceProvider owner = new ServiceCollection()
            .AddRegistry(options with { ConnectionString = server.ConnectionTo(database.name) + ";Pooling=false" }).BuildServiceProvider();
        await owner.GetRequiredService<MigrateDatabase>().RunAsync(CancellationToken.None);
        Assert.Null((await owner.GetRequiredService<GrantToApplication>().RunAsync(Role, CancellationToken.None)).Reason);
        return database;
    }

    /// <summary>Makes a role that may sign in and nothing else, where there is none of the name.</summary>
    public static Task MakeRoleAsync(PostgreSqlServer server, string role) => server.RunAsync(
        $"DO $$ BEGIN CREATE ROLE {role} LOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$");

    /// <summary>Takes the database away, as a server that went down does.</summary>
    public async Task CutOffAsync()
    {
        await server.RunAsync($"ALTER DATABASE {name} ALLOW_CONNECTIONS false"); // committed first: the portal's workers come again at once
        await server.RunAsync($"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{name}'");
    }

    /// <summary>Gives it back.</summary>
    public Task ReconnectAsync() => server.RunAsync($"ALTER DATABASE {name} ALLOW_CONNECTIONS true");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using (Npgsql.NpgsqlConnection any = new(Connection))
        {
            Npgsql.NpgsqlConnection.ClearPool(any);
        }

        await server.DropAsync(name);
    }
}
