using System.Net;
using System.Net.Sockets;
using Governance.Audit.Data;
using Governance.Registry.Storage;
using Governance.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Governance.Portal.Tests.Hosting;

/// <summary>What whoever starts the portal is told when it does not come up.</summary>
public sealed class StartTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("governance-start-");

    [Fact]
    public async Task An_address_in_use_is_named()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        string url = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";

        InputException refusal = await RefusedAsync(url);

        Assert.Equal($"The portal cannot listen on {url}: the address is in use or not valid.", refusal.Message);
    }

    [Fact]
    public async Task Whoever_stops_it_before_it_listens_is_told_no_fault()
    {
        InputException refusal = await RefusedAsync("http://127.0.0.1:0", services => services.AddHostedService<Impatient>());

        Assert.Equal("Stopped before the portal listened.", refusal.Message);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private async Task<InputException> RefusedAsync(string url, Action<IServiceCollection>? configure = null)
    {
        RegistryOptions registry = new() { DataFolder = Path.Combine(folder.FullName, "data"), KeyFile = Path.Combine(folder.FullName, "kek") };
        await MigratedDatabase.PlaceAsync(registry);
        await using WebApplication portal = PortalHost.Build(new PortalOptions { Urls = url, Registry = registry }, configure);
        return await Assert.ThrowsAsync<InputException>(() => PortalHost.StartAsync(portal, default));
    }

    // As the signal of a service manager, which comes when it likes.
    private sealed class Impatient(IHostApplicationLifetime lifetime) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.StopApplication();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
