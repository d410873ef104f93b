using System.Net;
using Governance.Portal.Security;
using Governance.Portal.Tests.Tokens;

namespace Governance.Portal.Tests.Security;

public sealed class FailureLimitTests : IAsyncLifetime
{
    private readonly TokenServer portal = new();

    public Task InitializeAsync() => portal.InitializeAsync();

    public Task DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task Whoever_tries_tokens_has_to_wait_and_then_not_even_a_right_one_is_looked_at()
    {
        (_, string right) = await portal.IssueAsync(Governance.Registry.Tokens.TokenScope.Read);
        for (int attempt = 0; attempt < FailureLimit.Most; attempt++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await portal.AskAsync("Bearer gov_wrong", "/api/v1/probe/all")).StatusCode);
        }

        HttpResponseMessage response = await portal.AskAsync($"Bearer {right}", "/api/v1/probe/all");

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.InRange(response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
    }

    [Fact]
    public void Other_addresses_do_not_wait_and_failures_are_forgotten()
    {
        MovableClock clock = new();
        FailureLimit failures = new(clock);
        IPAddress from = IPAddress.Parse("192.0.2.7");
        for (int attempt = 0; attempt < FailureLimit.Most; attempt++)
        {
            Assert.Null(failures.WaitOf(from));
            failures.Note(from);
        }

        Assert.Equal(FailureLimit.Window, failures.WaitOf(from));
        Assert.Null(failures.WaitOf(IPAddress.Parse("192.0.2.8")));
        clock.Now += FailureLimit.Window;
        Assert.Null(failures.WaitOf(from));
    }

    private sealed class MovableClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
