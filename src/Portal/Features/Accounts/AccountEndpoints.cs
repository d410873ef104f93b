using Governance.Portal.Security;
using Governance.Registry.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace Governance.Portal.Features.Accounts;

/// <summary>What a browser posts to that is not a page.</summary>
internal static class AccountEndpoints
{
    /// <summary>Where the user menu posts to.</summary>
    public const string SignOutPath = "/accounts/sign-out";

    /// <summary>The sign-in page.</summary>
    public const string SignInPath = "/accounts/sign-in";

    /// <summary>Where a page leads that the role does not permit.</summary>
    public const string DeniedPath = "/accounts/denied";

    /// <summary>Maps signing out, and what a passkey needs.</summary>
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(SignOutPath, SignOutAsync).RequireAuthorization().WithMetadata(new EnrolmentPageAttribute());
        routes.MapPasskeys();
    }

    // The form is read only to have the antiforgery token checked: signing someone else out is a nuisance worth refusing.
    internal static async Task<RedirectHttpResult> SignOutAsync(
        [Microsoft.AspNetCore.Mvc.FromForm] IFormCollection form, HttpContext http, EndSessions end)
    {
        if (http.User.SessionOf() is SessionId session)
        {
            await end.OneAsync(http.User.Id(), session, SessionEnd.SignedOut, http.RequestAborted);
        }

        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
        return TypedResults.LocalRedirect(SignInPath);
    }
}
