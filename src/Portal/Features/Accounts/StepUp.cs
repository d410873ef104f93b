using System.Security.Claims;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Sessions;

namespace Governance.Portal.Features.Accounts;

/// <summary>Whether a person has shown within five minutes that it is them: asked before what cannot be taken back.</summary>
internal sealed class StepUp(LiveSessions sessions, TimeProvider clock)
{
    /// <summary>The page on which it is shown.</summary>
    public const string Path = "/accounts/confirm";

    /// <summary>What is answered to whoever has not.</summary>
    public static Refusal Stale { get; } = new(
        "confirm-first", "More than five minutes have passed since you last showed that it is you. Confirm it, then do this again.");

    /// <summary>What is answered to whoever confirmed something else than what they sign.</summary>
    public static Refusal OtherBytes { get; } = new(
        "confirm-first", "What you are about to sign is not what you confirmed, or more than five minutes have passed. Look at it, and confirm it anew.");

    /// <summary>
    /// Whether the person signed in, or confirmed for this purpose, within <see cref="SessionPolicy.FreshTime"/>. False for a
    /// token: a program has nobody who could confirm.
    /// </summary>
    public async Task<bool> IsFreshAsync(ClaimsPrincipal user, StepUpPurpose purpose, CancellationToken cancellationToken) =>
        user.SessionOf() is SessionId session
        && await sessions.FindAsync(session, active: false, cancellationToken) is SessionStanding standing
        && SessionPolicy.IsFresh(standing.Session, purpose, clock.GetUtcNow());

    /// <summary>Whether the person confirmed within <see cref="SessionPolicy.FreshTime"/> that they sign these very bytes; signing in does not do.</summary>
    public async Task<bool> IsFreshAsync(ClaimsPrincipal user, StepUpPurpose purpose, FactDigest over, CancellationToken cancellationToken) =>
        user.SessionOf() is SessionId session
        && await sessions.FindAsync(session, active: false, cancellationToken) is SessionStanding standing
        && SessionPolicy.IsFreshOver(standing.Session, purpose, over, clock.GetUtcNow());

    /// <summary>Where to confirm that one signs certain bytes, and where to go on.</summary>
    public static string AddressFor(StepUpPurpose purpose, string returnUrl, FactDigest over) =>
        $"{AddressFor(purpose, returnUrl)}&over={over.Hex}";

    /// <summary>Where to confirm for a purpose, and where to go on.</summary>
    /// <param name="purpose">What for.</param>
    /// <param name="returnUrl">A path of this portal.</param>
    public static string AddressFor(StepUpPurpose purpose, string returnUrl) =>
        $"{Path}?purpose={purpose}&returnUrl={Uri.EscapeDataString(returnUrl)}";
}

/// <summary>Confirmation before endpoints.</summary>
internal static class StepUpEndpoints
{
    /// <summary>Refuses with 403 and the code <c>confirm-first</c> whoever has not confirmed for the purpose.</summary>
    public static TBuilder RequireStepUp<TBuilder>(this TBuilder endpoints, StepUpPurpose purpose)
        where TBuilder : IEndpointConventionBuilder => endpoints.AddEndpointFilter(async (context, next) =>
    {
        HttpContext http = context.HttpContext;
        return await http.RequestServices.GetRequiredService<StepUp>().IsFreshAsync(http.User, purpose, http.RequestAborted)
            ? await next(context)
            : Problems.Of(StepUp.Stale);
    });
}
