using System.Security.Claims;
using Governance.Portal.Security;
using Governance.Registry.Sessions;
using Microsoft.AspNetCore.Identity;

namespace Governance.Portal.Features.Accounts;

/// <summary>A session as claims: what the cookie keeps of it, and what a request is judged by.</summary>
internal static class SessionPrincipal
{
    /// <summary>The claim that is there where the person has only said a password.</summary>
    public const string OneFactorClaim = "governance:one-factor";

    /// <summary>What the cookie keeps: which session, and nothing of the person but their id.</summary>
    public static ClaimsPrincipal ForCookie(Session session) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, session.User.ToString()),
            new Claim(Caller.SessionClaim, session.Id.ToString()),
        ],
        IdentityConstants.ApplicationScheme));

    /// <summary>What a request is judged by: names and roles as the database has them now. Use cases look everything up again.</summary>
    public static ClaimsPrincipal Of(SessionStanding standing)
    {
        ClaimsIdentity identity = new(IdentityConstants.ApplicationScheme, ClaimTypes.Name, ClaimTypes.Role);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, standing.Person.Id.ToString()));
        identity.AddClaim(new Claim(ClaimTypes.Name, standing.UserName));
        identity.AddClaim(new Claim(SignedIn.DisplayNameClaim, standing.Person.DisplayName));
        identity.AddClaim(new Claim(Caller.SessionClaim, standing.Session.Id.ToString()));
        identity.AddClaim(new Claim(ClaimTypes.AuthenticationMethod, standing.Session.Method.ToString()));
        identity.AddClaims(standing.Person.Roles.Order().Select(role => new Claim(ClaimTypes.Role, role.ToString())));
        if (!standing.HasSecondFactor && standing.Session.Method == SessionMethod.Password)
        {
            identity.AddClaim(new Claim(OneFactorClaim, ""));
        }

        return new ClaimsPrincipal(identity);
    }

    /// <summary>The session of whoever is signed in by a cookie; null for a token and for nobody.</summary>
    public static SessionId? SessionOf(this ClaimsPrincipal user) => SessionId.Read(user.FindFirstValue(Caller.SessionClaim));

    /// <summary>The session of the person on a page.</summary>
    /// <exception cref="InvalidOperationException">There is none: the page let a program or a stranger through.</exception>
    public static SessionId OwnSession(this ClaimsPrincipal user) =>
        user.SessionOf() ?? throw new InvalidOperationException("Nobody is signed in by a session.");
}
