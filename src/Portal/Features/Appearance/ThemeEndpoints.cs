using Governance.Portal.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Governance.Portal.Features.Appearance;

/// <summary>The switches of how pages look: form posts, so that they work without script.</summary>
internal static class ThemeEndpoints
{
    /// <summary>Where the switch posts to.</summary>
    public const string Path = "/appearance/theme";

    /// <summary>Where the switch of the rows' distance posts to.</summary>
    public const string DensityPath = "/appearance/density";

    /// <summary>Maps the switches. Open to visitors: the sign-in page has a theme too.</summary>
    public static void MapTheme(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, Choose).AllowAnonymous();
        routes.MapPost(DensityPath, ChooseDensity).AllowAnonymous();
    }

    internal static Results<RedirectHttpResult, BadRequest> ChooseDensity(
        [FromForm] string density, [FromForm] string? returnUrl, HttpContext http)
    {
        if (!Density.IsKnown(density))
        {
            return TypedResults.BadRequest();
        }

        Density.Keep(http, density);
        return TypedResults.LocalRedirect(LocalAddress.OrHome(returnUrl));
    }

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
