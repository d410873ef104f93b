using Governance.Registry.Backups;
using Governance.Registry.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Registry.Tests.Backups;

/// <summary>An empty folder to restore to, with the first registry's key file.</summary>
internal sealed class Restored : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly RegistryOptions options;

    public Restored(Given given, bool withKey = true)
    {
        Folder = Path.Combine(given.Folder, "restored-" + Guid.CreateVersion7().ToString("n"));
        Directory.CreateDirectory(Folder);
        options = new RegistryOptions
        {
            DataFolder = Path.Combine(Folder, "data"),
            KeyFile = withKey ? given.Get<RegistryOptions>().EffectiveKeyFile : Path.Combine(given.Folder, "none"),
        };
        services = new ServiceCollection().AddSingleton<TimeProvider>(given.Clock).AddRegistry(options).BuildServiceProvider();
    }

    public string Folder { get; }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public Task<RestoreOutcome> RunAsync(string path, string? root) => Get<RestoreBackup>().RunAsync(path, root, default);

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        using SqliteConnection connection = new(options.EffectiveConnectionString);
        SqliteConnection.ClearPool(connection);
    }
}
