using System.Collections.Concurrent;
using System.Security.Claims;
using Governance.Portal.Features.Accounts;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Governance.Portal.Security;

/// <summary>Counts the open circuits of a user and of the host: the framework itself has no limit.</summary>
internal sealed class CircuitCount
{
    /// <summary>Tabs with an interactive part that one user may have open.</summary>
    public const int PerUser = 5;

    /// <summary>All users together; about 250 kB each.</summary>
    public const int PerHost = 400;

    private readonly ConcurrentDictionary<string, int> open = new(StringComparer.Ordinal);

    /// <summary>Counts one more, unless it would pass a limit.</summary>
    public bool TryOpen(string user)
    {
        if (open.Values.Sum() >= PerHost)
        {
            return false;
        }

        if (open.AddOrUpdate(user, 1, (_, count) => count + 1) <= PerUser)
        {
            return true;
        }

        Close(user);
        return false;
    }

    /// <summary>Counts one less.</summary>
    public void Close(string user) => open.AddOrUpdate(user, 0, (_, count) => Math.Max(0, count - 1));
}

/// <summary>Refuses a circuit beyond the limits of <see cref="CircuitCount"/>; the page stays as it was drawn.</summary>
internal sealed class CircuitLimit(CircuitCount count, AuthenticationStateProvider sessions) : CircuitHandler
{
    private string? counted;

    /// <inheritdoc />
    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        AuthenticationState session = await sessions.GetAuthenticationStateAsync();
        string user = session.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? ""; // by id: a name can be spelt in two ways
        if (!count.TryOpen(user))
        {
            throw new InvalidOperationException($"{SignedIn.Name(session.User)} has {CircuitCount.PerUser} circuits open already.");
        }

        counted = user;
    }

    /// <inheritdoc />
    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (counted is not null)
        {
            count.Close(counted);
            counted = null;
        }

        return Task.CompletedTask;
    }
}
