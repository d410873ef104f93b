using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.SavedViews;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Governance.Portal.Features.SavedViews;

/// <summary>What the forms of <see cref="SavedViewMenu"/> post to.</summary>
internal static class SavedViewEndpoints
{
    /// <summary>The parameter with the code of a refusal.</summary>
    public const string Refused = "view-refused";

    /// <summary>Where a view goes that is to be kept.</summary>
    public const string Path = "/views";

    /// <summary>Maps keeping and forgetting.</summary>
    public static void MapSavedViews(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup(Path).RequireAuthorization();
        group.MapPost("/", SaveAsync);
        group.MapPost("/{id:guid}/remove", RemoveAsync);
    }

    internal static async Task<RedirectHttpResult> SaveAsync(
        [FromForm] string? called, [FromForm] string? view, HttpContext http, KeepViews keep)
    {
        string address = LocalAddress.OrHome(view);
        Refusal? refusal = await keep.SaveAsync(http.User.Id(), called, address, http.RequestAborted);
        return TypedResults.LocalRedirect(refusal is null ? address : QueryHelpers.AddQueryString(address, Refused, refusal.Code));
    }

    internal static async Task<RedirectHttpResult> RemoveAsync(Guid id, [FromForm] string? place, HttpContext http, KeepViews keep)
    {
        await keep.RemoveAsync(http.User.Id(), new SavedViewId(id), http.RequestAborted);
        return TypedResults.LocalRedirect(LocalAddress.OrHome(place));
    }
}
