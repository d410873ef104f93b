using Governance.Audit.Runs;
using Governance.Portal.Features.Versions;
using Governance.Registry.Artifacts;
using Governance.Registry.Evidence;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Governance.Portal.Features.Evidence;

/// <summary>The findings document as the bytes that were sealed, for people in a browser.</summary>
internal static class EvidenceEndpoints
{
    /// <summary>Where a document is downloaded.</summary>
    public static string Address(VersionView view, EvidenceRecord record) => view.Address($"evidence/{record.Id}/findings.json");

    /// <summary>Whether a person may have the whole document: explanations of rows are only for roles that see rows.</summary>
    public static bool MayDownload(VersionView view, FindingsDocument document) =>
        document.Explanation is not { Rows.Count: > 0 } || view.Viewer.SeeRows;

    /// <summary>Maps the download.</summary>
    public static void MapEvidence(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/models/{name}/versions/{number:int}/evidence/{id:guid}/findings.json", DownloadAsync)
            .RequireAuthorization()
            .WithName("DownloadFindings");

    internal static async Task<Results<FileContentHttpResult, NotFound, ForbidHttpResult>> DownloadAsync(
        string name, int number, Guid id, HttpContext http, ReadVersion versions, ReadFindings findings, ArtifactStore store)
    {
        VersionView? view = await versions.FindAsync(name, number, http.User, http.RequestAborted);
        EvidenceRecord? record = view?.Find(id);
        if (view is null || record is null)
        {
            return TypedResults.NotFound();
        }

        if (!MayDownload(view, await findings.ReadAsync(record, http.RequestAborted)))
        {
            return TypedResults.Forbid();
        }

        byte[] bytes = await store.ReadAsync(record.Findings, http.RequestAborted);
        return TypedResults.File(bytes, "application/json", $"{name}-v{number}-findings-{record.Findings.Hex[..8]}.json");
    }
}
