using Governance.Registry;
using Governance.Registry.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Tests;

/// <summary>A database with today's schema and nothing in it: dozens of installations begin with one, and going through every migration is slow.</summary>
/// <remarks>That the migrations themselves make it is shown where they are run: by the template here, by the demo, and by Registry.Tests.</remarks>
internal static class MigratedDatabase
{
    private static readonly Lazy<Task<byte[]>> Template = new(MakeAsync);

    /// <summary>Puts it in the place where an installation on SQLite would make its own; whoever starts then finds nothing to migrate.</summary>
    public static async Task PlaceAsync(RegistryOptions options)
    {
        if (options.DatabaseFile is string file && !File.Exists(file))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, await Template.Value);
        }
    }

    private static async Task<byte[]> MakeAsync()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("governance-template-");
        RegistryOptions options = new() { DataFolder = Path.Combine(folder.FullName, "data"), KeyFile = Path.Combine(folder.FullName, "kek") };
        await using (ServiceProvider registry = new ServiceCollection().AddRegistry(options).BuildServiceProvider())
        {
            await registry.GetRequiredService<MigrateDatabase>().RunAsync(default);
            await using GovernanceDb db = await registry.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();
            await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        using (SqliteConnection connection = new(options.EffectiveConnectionString))
        {
            SqliteConnection.ClearPool(connection);
        }

        byte[] bytes = await File.ReadAllBytesAsync(options.DatabaseFile!);
        folder.Delete(recursive: true);
        return bytes;
    }
}
