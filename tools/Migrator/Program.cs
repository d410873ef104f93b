// Scaffolds a migration for both databases from the model as it is compiled now:
//   dotnet run --project tools/Migrator -- <Name> [sqlite|postgresql]
// Outside the solution, because EF's design package cannot be referenced everywhere. Run from the repository's root.
using Governance.Registry;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using Microsoft.Extensions.DependencyInjection;

string[] providers = args.Length > 1 ? [args[1]] : ["sqlite", "postgresql"];
foreach (string provider in providers)
{
    bool sqlite = provider == "sqlite";
    string folder = sqlite ? "Sqlite" : "PostgreSql";
    string design = sqlite
        ? "Microsoft.EntityFrameworkCore.Sqlite.Design.Internal.SqliteDesignTimeServices, Microsoft.EntityFrameworkCore.Sqlite"
        : "Npgsql.EntityFrameworkCore.PostgreSQL.Design.Internal.NpgsqlDesignTimeServices, Npgsql.EntityFrameworkCore.PostgreSQL";

    await using ServiceProvider registry = new ServiceCollection().AddRegistry(new RegistryOptions
    {
        ConnectionString = sqlite ? "Data Source=:memory:" : "Host=127.0.0.1;Database=none",
    }).BuildServiceProvider();
    await using GovernanceDb db = registry.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContext();

    ServiceCollection services = new();
    services.AddEntityFrameworkDesignTimeServices();
    services.AddDbContextDesignTimeServices(db);
    ((IDesignTimeServices)Activator.CreateInstance(Type.GetType(design, throwOnError: true)!)!)
        .ConfigureDesignTimeServices(services);
    await using ServiceProvider tools = services.BuildServiceProvider();
    using IServiceScope scope = tools.CreateScope();
    IMigrationsScaffolder scaffolder = scope.ServiceProvider.GetRequiredService<IMigrationsScaffolder>();
    ScaffoldedMigration migration = scaffolder.ScaffoldMigration(args[0], "Governance", $"Registry.Migrations.{folder}", "C#");
    string root = Directory.GetCurrentDirectory();
    MigrationFiles files = scaffolder.Save(root, migration, Path.Combine(root, "migrations", folder), dryRun: false);

    // The scaffolder places the snapshot by its namespace, as if the project lay here; it belongs beside its migrations.
    string snapshot = Path.Combine(root, "migrations", folder, Path.GetFileName(files.SnapshotFile!));
    File.Move(files.SnapshotFile!, snapshot, overwrite: true);
    for (string? empty = Path.GetDirectoryName(files.SnapshotFile!);
         empty is not null && empty.Length > root.Length && !Directory.EnumerateFileSystemEntries(empty).Any();
         empty = Path.GetDirectoryName(empty))
    {
        Directory.Delete(empty);
    }

    Console.WriteLine(Path.GetRelativePath(root, files.MigrationFile!));
}
