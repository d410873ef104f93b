using System.Diagnostics;
using Governance.Portal.Features.Versions;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Packs;
using Microsoft.AspNetCore.Antiforgery;

namespace Governance.Portal.Features.Packs;

/// <summary>Where the evidence pack of a version is taken: a form post, so that no link or prefetch becomes an entry of the ledger.</summary>
internal static class PackEndpoints
{
    /// <summary>The address of a version's pack.</summary>
    public static string Address(VersionView view) => view.Address("pack");

    /// <summary>Whether the person who looks may take packs of this version.</summary>
    public static bool MayTake(VersionView view) =>
        AccessPolicy.Decide(view.Person.Roles, Right.SeeLedger, view.Relation).Allowed;

    /// <summary>Maps the download.</summary>
    public static void MapPacks(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/models/{name}/versions/{number:int}/pack", TakeAsync).RequireAuthorization().WithName("TakePack");

    internal static async Task<IResult> TakeAsync(
        string name, int number, HttpContext http, IAntiforgery antiforgery, ReadVersion versions, PackParts parts, ExportPack export)
    {
        VersionView? view = await versions.FindAsync(name, number, http.User, http.RequestAborted);
        if (view is null)
        {
            return TypedResults.NotFound();
        }

        if (!MayTake(view))
        {
            return Problems.Of(RightsRefusals.For(Right.SeeLedger));
        }

        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return Problems.Of(StatusCodes.Status400BadRequest, "no-antiforgery-token", "Load the page again and press its button.");
        }

        return await export.RunAsync(
            http.User.Actor(), view.Version.Id, () => parts.OfAsync(view, http.RequestAborted), http.RequestAborted) switch
        {
            PackOutcome.Exported pack => TypedResults.File(pack.Bytes, "application/zip", $"{name}-v{number}-evidence-{pack.Manifest.Hex[..8]}.zip"),
            PackOutcome.Refused { Reason: var reason } => Problems.Of(reason),
            PackOutcome.NoSuchVersion => TypedResults.NotFound(),
            _ => throw new UnreachableException(),
        };
    }
}
