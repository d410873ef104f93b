using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Sessions;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace Governance.Portal.Features.Accounts;

/// <summary>Takes from an open page what its session may do, once the session is over.</summary>
/// <remarks>
/// What is ended in this process counts at once; else the page asks every <see cref="Interval"/>, and with
/// <see cref="LiveSessions.Trust"/> that is 25 seconds at most.
/// </remarks>
internal sealed class RevalidatedSession : RevalidatingServerAuthenticationStateProvider
{
    /// <summary>How often an open page asks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private static readonly AuthenticationState Nobody = new(new System.Security.Claims.ClaimsPrincipal());

    private readonly LiveSessions sessions;
    private readonly ILogger<RevalidatedSession> log;

    /// <summary>Begins to listen.</summary>
    public RevalidatedSession(ILoggerFactory loggers, LiveSessions sessions)
        : base(loggers)
    {
        this.sessions = sessions;
        log = loggers.CreateLogger<RevalidatedSession>();
        sessions.Changed += OnChanged;
    }

    /// <inheritdoc />
    protected override TimeSpan RevalidationInterval => Interval;

    /// <inheritdoc />
    protected override async Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        authenticationState.User.SessionOf() is SessionId session
        && await sessions.FindAsync(session, active: false, cancellationToken) is not null;

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        sessions.Changed -= OnChanged;
        base.Dispose(disposing);
    }

    private void OnChanged(UserId user) => _ = LookAsync(user);

    private async Task LookAsync(UserId user)
    {
        try
        {
            AuthenticationState state = await GetAuthenticationStateAsync();
            if (state.User.Identity?.IsAuthenticated == true && state.User.Id() == user
                && !await ValidateAuthenticationStateAsync(state, CancellationToken.None))
            {
                SetAuthenticationState(Task.FromResult(Nobody));
            }
        }
        catch (InvalidOperationException)
        {
            // The page has not been told yet whose it is: it will be, from a request that was judged after the change.
        }
        catch (Exception fault) // nobody awaits this; the page asks again within the interval, and every action of it does anyway
        {
            SessionFaults.NotLooked(log, fault);
        }
    }
}

/// <summary>What the log hears of sessions.</summary>
internal static partial class SessionFaults
{
    [LoggerMessage(Level = LogLevel.Error, Message = "An open page could not look whether its session lasts")]
    public static partial void NotLooked(ILogger log, Exception fault);
}
