using Governance.Registry.Sessions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Governance.Portal.Features.Accounts;

/// <summary>Refuses every action of an open page whose session is over, and sends the browser to the sign-in page.</summary>
internal sealed class SessionGuard(
    AuthenticationStateProvider state, LiveSessions sessions, NavigationManager navigation) : CircuitHandler
{
    // The session of the page when it was opened: what becomes of the state later must not make it a page of nobody's.
    private SessionId? session;

    /// <inheritdoc />
    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        session = (await state.GetAuthenticationStateAsync()).User.SessionOf();
        state.AuthenticationStateChanged += OnChanged;
    }

    /// <inheritdoc />
    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        state.AuthenticationStateChanged -= OnChanged;
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    /// <exception cref="InvalidOperationException">The session is over: the circuit ends by it, and nothing was done.</exception>
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(
        Func<CircuitInboundActivityContext, Task> next) => async context =>
    {
        if (session is SessionId of && await sessions.FindAsync(of, active: true, CancellationToken.None) is null)
        {
            throw new InvalidOperationException("The session of this page is over.");
        }

        await next(context);
    };

    private void OnChanged(Task<AuthenticationState> changed) => _ = LeaveAsync(changed);

    private async Task LeaveAsync(Task<AuthenticationState> changed)
    {
        if ((await changed).User.Identity?.IsAuthenticated != true)
        {
            navigation.NavigateTo($"{AccountEndpoints.SignInPath}?over=true", forceLoad: true);
        }
    }
}
