using System.Security.Claims;
using Governance.Registry.Access;
using Governance.Registry.Ledger;

namespace Governance.Portal.Security;

/// <summary>Who sent a request, in the registry's words. Roles and grants are never read from here.</summary>
internal static class Caller
{
    /// <summary>The claim that names the session, if the cookie has one.</summary>
    public const string SessionClaim = "governance:session";

    /// <summary>The account.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in: the page let a stranger through.</exception>
    public static UserId Id(this ClaimsPrincipal user) =>
        Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out Guid id)
            ? new UserId(id)
            : throw new InvalidOperationException("Nobody is signed in.");

    /// <summary>The person as the ledger writes them down.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public static Actor Actor(this ClaimsPrincipal user) =>
        Registry.Ledger.Actor.Person(user.Id(), user.FindFirstValue(SessionClaim));
}
