using Governance.Registry.Access;
using Governance.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Governance.Browser.Tests.Gallery;

/// <summary>The portal in this process, with two more pages that show every part and plot, and one account.</summary>
public sealed class GalleryHost : IAsyncLifetime
{
    private PortalServer? server;

    /// <summary>Where it listens.</summary>
    public string Address => server!.Address;

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        server = await PortalServer.StartAsync(app => app.MapGet("/gallery/{page?}", (string? page, int? @case) =>
            new RazorComponentResult<GalleryDocument>(new { Page = page ?? "parts", Case = @case })).AllowAnonymous());
        await server.AddAsync("rita", Role.Reviewer);
    }

    /// <inheritdoc />
    public async Task DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }
}
