using Governance.Portal;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Tests;

/// <summary>The portal in this process on a free loopback port, with a data folder of its own and a few accounts.</summary>
public sealed class PortalServer : IAsyncDisposable
{
    /// <summary>The password of every account here.</summary>
    public const string Password = "correct horse battery";

    private readonly WebApplication app;
    private readonly DirectoryInfo folder;

    private PortalServer(WebApplication app, DirectoryInfo folder)
    {
        this.app = app;
        this.folder = folder;
    }

    /// <summary>Where it listens, without a slash at the end.</summary>
    public string Address => app.Urls.Single();

    /// <summary>Its services.</summary>
    public IServiceProvider Services => app.Services;

    /// <summary>Starts one.</summary>
    /// <param name="map">Further endpoints.</param>
    /// <param name="configure">Last word on the services.</param>
    /// <param name="change">Last word on how it is started.</param>
    public static async Task<PortalServer> StartAsync(
        Action<WebApplication>? map = null, Action<IServiceCollection>? configure = null, Func<PortalOptions, PortalOptions>? change = null)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("governance-tests-");
        PortalOptions options = new()
        {
            Urls = "http://127.0.0.1:0",
            Registry = new RegistryOptions
            {
                DataFolder = Path.Combine(folder.FullName, "data"),
                KeyFile = Path.Combine(folder.FullName, "kek"),
            },
            SessionKeyFolder = Path.Combine(folder.FullName, "sessions"),
        };
        options = change?.Invoke(options) ?? options;
        await MigratedDatabase.PlaceAsync(options.Registry);
        WebApplication app = PortalHost.Build(options, services =>
        {
            services.AddQuickPasswords();
            configure?.Invoke(services);
        });
        map?.Invoke(app);
        await app.StartAsync();
        return new PortalServer(app, folder);
    }

    /// <summary>Adds an account with <see cref="Password"/>.</summary>
    public async Task<Person> AddAsync(string name, params Role[] roles)
    {
        await using AsyncServiceScope scope = Services.CreateAsyncScope();
        AddUserOutcome outcome = await scope.ServiceProvider.GetRequiredService<AddUser>().RunAsync(
            Actor.System, new NewUser(name, $"{char.ToUpperInvariant(name[0])}. {name}", Password, roles.ToHashSet()), CancellationToken.None);
        return Assert.IsType<AddUserOutcome.Added>(outcome).Person;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
