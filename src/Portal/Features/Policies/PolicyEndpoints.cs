using System.Text;
using Governance.Registry.Policies;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Governance.Portal.Features.Policies;

/// <summary>A policy pack as it was written. Policies are no secret: everyone with an account may read them.</summary>
internal static class PolicyEndpoints
{
    /// <summary>Maps the download.</summary>
    public static void MapPolicies(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/policies/{pack}/{number:int}/pack.yaml", DownloadAsync).WithName("DownloadPolicy").RequireAuthorization();

    internal static async Task<Results<FileContentHttpResult, NotFound>> DownloadAsync(
        string pack, int number, PolicyQueries policies, CancellationToken cancellationToken) =>
        await policies.FindAsync(pack, number, cancellationToken) is PackText found
            ? TypedResults.File(Encoding.UTF8.GetBytes(found.Text), "application/yaml", $"{pack}-{number}.yaml")
            : TypedResults.NotFound();
}
