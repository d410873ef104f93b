using Governance.Portal.Features.Accounts;
using Governance.Portal.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.WebUtilities;

namespace Governance.Portal.Features.ExternalSignIn;

/// <summary>Where a sign-in with the provider begins. Its end, <see cref="CallbackPath"/>, is the handler's.</summary>
internal static class ExternalSignInEndpoints
{
    /// <summary>A link leads here: a form could not, because no form of this portal may lead to another host.</summary>
    public const string Path = "/accounts/external";

    /// <summary>Where the provider sends people back to; its administrator registers this address.</summary>
    public const string CallbackPath = "/accounts/external/callback";

    /// <summary>Maps the beginning.</summary>
    public static void MapExternalSignIn(this IEndpointRouteBuilder routes) => routes.MapGet(Path, BeginAsync).AllowAnonymous();

    /// <summary>The sign-in page with a reason.</summary>
    public static string Refused(string code) => QueryHelpers.AddQueryString(AccountEndpoints.SignInPath, "external", code);

    internal static async Task<IResult> BeginAsync(string? returnUrl, HttpContext http, IServiceProvider services)
    {
        if (services.GetService<OidcProvider>() is not OidcProvider provider)
        {
            return TypedResults.NotFound();
        }

        try
        {
            await provider.ReadAsync(http.RequestAborted);
        }
        catch (OidcFaultException fault)
        {
            return TypedResults.LocalRedirect(Refused(fault.IsUnreachable ? ExternalSignInWords.Unreachable : ExternalSignInWords.Failed));
        }

        return TypedResults.Challenge(
            new AuthenticationProperties { RedirectUri = LocalAddress.OrHome(returnUrl) }, [ExternalSignInServices.Scheme]);
    }
}
