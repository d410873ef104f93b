using Governance.Portal.Security;
using Governance.Registry.Proposals;
using Microsoft.AspNetCore.Mvc;

namespace Governance.Portal.Features.Proposals;

/// <summary>Where the one package of a released file is downloaded.</summary>
internal static class ReleaseEndpoints
{
    /// <summary>The address of a proposal's package.</summary>
    public static string Address(ProposalId proposal) => $"/proposals/{proposal}/package";

    /// <summary>Maps the download: a form post, so that no link or prefetch uses it up.</summary>
    public static void MapReleases(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/proposals/{id:guid}/package", TakeAsync).RequireAuthorization(RightPolicies.Propose).WithName("TakeRelease");

    internal static async Task<IResult> TakeAsync(Guid id, [FromForm] string? key, HttpContext http, ReleaseArtifact release) =>
        await release.TakeAsync(http.User.Actor(), new ProposalId(id), key, http.RequestAborted) switch
        {
            ReleaseOutcome.Taken taken => TypedResults.Stream(
                target => release.WriteAsync(taken, target, http.RequestAborted), "application/octet-stream",
                $"{taken.Header["label"]!.GetValue<string>().Replace('/', '-')}.govrel"),
            ReleaseOutcome.Refused { Reason: var reason } => Problems.Of(reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
