using System.Net;
using Governance.Registry.Access;
using Governance.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Accounts;

public sealed class SessionAgeTests : IAsyncLifetime
{
    private readonly MovableClock clock = new();
    private PortalServer server = null!;
    private Visitor visitor = null!;

    public async Task InitializeAsync()
    {
        server = await PortalServer.StartAsync(configure: services => services.AddSingleton<TimeProvider>(clock));
        await server.AddAsync("rita", Role.Reviewer);
        visitor = new Visitor(server);
        await visitor.SignInAsync("rita");
    }

    public async Task DisposeAsync()
    {
        visitor.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Ends_after_half_an_hour_without_a_request()
    {
        clock.Move(TimeSpan.FromMinutes(29));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/accounts/denied")).StatusCode);

        clock.Move(TimeSpan.FromMinutes(31));

        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync("/accounts/denied")).StatusCode);
    }

    [Fact]
    public async Task Ends_after_twelve_hours_of_steady_use()
    {
        for (int request = 0; request < 35; request++)
        {
            clock.Move(TimeSpan.FromMinutes(20));
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/accounts/denied")).StatusCode);
        }

        clock.Move(TimeSpan.FromMinutes(20));

        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync("/accounts/denied")).StatusCode);
    }
}
