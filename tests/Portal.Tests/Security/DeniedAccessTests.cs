using System.Collections.Concurrent;
using System.Net;
using Governance.Portal.Tests.Accounts;
using Governance.Registry.Access;
using Governance.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Governance.Portal.Tests.Security;

public sealed class DeniedAccessTests
{
    [Fact]
    public async Task Who_asked_for_what_their_role_does_not_permit_is_written_down_in_one_line()
    {
        using KeptLog log = new();
        await using PortalServer server = await PortalServer.StartAsync(
            app => app.MapGet("/secrets/{**rest}", () => "secret").RequireAuthorization(nameof(Right.Administer)),
            services => services.AddSingleton<ILoggerProvider>(log));
        Person rita = await server.AddAsync("rita", Role.Reviewer);
        using Visitor visitor = new(server);
        await visitor.SignInAsync("rita");

        HttpResponseMessage response = await visitor.GetAsync("/secrets/a%0Awarn:%20forged");

        Assert.NotEqual(HttpStatusCode.OK, response.StatusCode);
        string line = Assert.Single(log.Lines, each => each.StartsWith("Denied: ", StringComparison.Ordinal));
        Assert.Contains($"account {rita.Id}", line);
        Assert.Contains("GET /secrets/a%0Awarn:%20forged", line);
        Assert.DoesNotContain('\n', line);
    }

    [Fact]
    public async Task A_name_that_is_typed_at_sign_in_reaches_no_log()
    {
        using KeptLog log = new();
        await using PortalServer server = await PortalServer.StartAsync(configure: services => services.AddSingleton<ILoggerProvider>(log));
        using Visitor visitor = new(server);

        await visitor.SignInAsync("a\nforged line", "not a password either");

        Assert.Contains(log.Lines, line => line.Contains("Refused to sign in", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains("forged", StringComparison.Ordinal) || line.Contains("not a password", StringComparison.Ordinal));
    }

    private sealed class KeptLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
