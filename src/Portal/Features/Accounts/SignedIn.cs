using System.Security.Claims;

namespace Governance.Portal.Features.Accounts;

/// <summary>What the cookie says of the person who is signed in.</summary>
internal static class SignedIn
{
    /// <summary>The claim that holds the name that people see.</summary>
    public const string DisplayNameClaim = "governance:name";

    /// <summary>The name that people see, else the account's name.</summary>
    public static string Name(ClaimsPrincipal user) =>
        user.FindFirstValue(DisplayNameClaim) ?? user.Identity?.Name ?? "Nobody";

    /// <summary>The roles as words, in alphabetical order.</summary>
    public static string Roles(ClaimsPrincipal user)
    {
        string roles = string.Join(", ", user.FindAll(ClaimTypes.Role).Select(claim => RoleWords.Of(claim.Value)).Order());
        return roles.Length == 0 ? "No role" : roles;
    }
}
