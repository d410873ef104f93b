using Governance.Registry.Access;
using Governance.Tests;
using Microsoft.AspNetCore.Builder;

namespace Governance.Portal.Tests.Security;

/// <summary>One portal for the tests of a class, with the reviewer rita and two endpoints that fail.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    /// <summary>What the failing endpoints say to themselves.</summary>
    public const string Secret = "row 17 of the applicants";

    /// <summary>The portal.</summary>
    public PortalServer Server { get; private set; } = null!;

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        Server = await PortalServer.StartAsync(app =>
        {
            app.MapGet("/fails", Fail).RequireAuthorization();
            app.MapGet("/api/fails", Fail).RequireAuthorization();
        });
        await Server.AddAsync("rita", Role.Reviewer);
    }

    /// <inheritdoc />
    public async Task DisposeAsync() => await Server.DisposeAsync();

    private static string Fail() => throw new InvalidOperationException(Secret);
}
