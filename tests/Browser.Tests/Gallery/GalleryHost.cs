using Governance.Portal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Governance.Browser.Tests.Gallery;

/// <summary>The portal in this process, with two more pages that show every part and plot.</summary>
public sealed class GalleryHost : IAsyncLifetime
{
    private WebApplication? app;

    /// <summary>Where it listens.</summary>
    public string Address { get; private set; } = "";

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        app = PortalHost.Build(new PortalOptions { Urls = "http://127.0.0.1:0" });
        app.MapGet("/gallery/{page?}", (string? page, int? @case) =>
            new RazorComponentResult<GalleryDocument>(new { Page = page ?? "parts", Case = @case })).AllowAnonymous();
        await app.StartAsync();
        Address = app.Urls.Single();
    }

    /// <inheritdoc />
    public async Task DisposeAsync()
    {
        if (app is not null)
        {
            await app.DisposeAsync();
        }
    }
}
