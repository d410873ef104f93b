using Governance.Portal.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Governance.Portal.Features.Appearance;

/// <summary>The theme switch: a form post, so that it works without script.</summary>
internal static class ThemeEndpoints
{
    /// <summary>Where the switch posts to.</summary>
    public const string Path = "/appearance/theme";

    /// <summary>Maps the switch. Open to visitors: the sign-in page has a theme too.</summary>
    public static RouteHandlerBuilder MapTheme(this IEndpointRouteBuilder routes) =>
        routes.MapPost(Path, Choose).AllowAnonymous();

    internal static Results<RedirectHttpResult, BadRequest> Choose(
        [FromForm] string theme, [FromForm] string? returnUrl, HttpContext http)
    {
        if (Theme.Parse(theme) is not ThemeChoice choice)
        {
            return TypedResults.BadRequest();
        }

        Theme.Keep(http, choice);
        return TypedResults.LocalRedirect(LocalAddress.OrHome(returnUrl));
    }
}
