using System.Text;
using Governance.Audit.Runs;
using Governance.Audit.Specs;
using Governance.Portal.Features.Audits;
using Governance.Portal.Features.Audits.Report;
using Governance.Portal.Features.Explanations;
using Governance.Portal.Features.Privacy;
using Governance.Portal.Features.Versions;
using Governance.Registry.Artifacts;
using Governance.Registry.Evidence;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Governance.Portal.Features.Evidence;

/// <summary>The findings document for people in a browser: the bytes that were sealed, but for groups of few rows that a role does not see.</summary>
internal static class EvidenceEndpoints
{
    /// <summary>Where a document is downloaded.</summary>
    public static string Address(VersionView view, EvidenceRecord record) => view.Address($"evidence/{record.Id}/findings.json");

    /// <summary>Whether a person may have the whole document: explanations of rows are only for roles that see rows.</summary>
    public static bool MayDownload(VersionView view, FindingsDocument document) =>
        document.Explanation is not { Rows.Count: > 0 } || view.Viewer.SeeRows;

    /// <summary>Maps the download.</summary>
    public static void MapEvidence(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/models/{name}/versions/{number:int}/evidence/{id:guid}").RequireAuthorization();
        group.MapGet("/findings.json", DownloadAsync).WithName("DownloadFindings");
        group.MapGet("/report.html", ReportAsync).WithName("DownloadReport");
        group.MapGet("/spec.yaml", SpecAsync).WithName("DownloadSpec");
    }

    internal static async Task<Results<FileContentHttpResult, NotFound, ForbidHttpResult>> DownloadAsync(
        string name, int number, Guid id, HttpContext http, ReadVersion versions, ReadFindings findings, ReadRows rows,
        MaskedFindings masked, ArtifactStore store)
    {
        VersionView? view = await versions.FindAsync(name, number, http.User, http.RequestAborted);
        EvidenceRecord? record = view?.Find(id);
        if (view is null || record is null)
        {
            return TypedResults.NotFound();
        }

        FindingsDocument sealedOne = await findings.ReadAsync(record, http.RequestAborted);
        if (!MayDownload(view, sealedOne))
        {
            return TypedResults.Forbid();
        }

        if (sealedOne.Explanation is { Rows.Count: > 0 })
        {
            await rows.ExportAsync(view, sealedOne, http.RequestAborted);
        }

        FindingsDocument shown = await masked.ForAsync(view, sealedOne, http.RequestAborted);
        byte[] bytes = ReferenceEquals(shown, sealedOne)
            ? await store.ReadAsync(record.Findings, http.RequestAborted) : MaskedDownload.Write(shown, record.Findings);
        return TypedResults.File(bytes, "application/json", $"{name}-v{number}-findings-{record.Findings.Hex[..8]}.json");
    }

    // The report shows findings and groups, as the page does, and no row.
    internal static async Task<Results<FileContentHttpResult, NotFound>> ReportAsync(
        string name, int number, Guid id, HttpContext http, ReadVersion versions, ReadFindings findings)
    {
        (VersionView View, EvidenceRecord Record, FindingsDocument Document)? found = await FindAuditAsync(name, number, id, http, versions, findings);
        return found is not { } audit ? TypedResults.NotFound() : TypedResults.File(
            Encoding.UTF8.GetBytes(AuditDocument.Write(
                audit.Record.Title, [new AuditedModel($"{name} v{number}", audit.Document)],
                [("Evidence", $"findings document, SHA-256 {audit.Record.Findings.Hex}"), ("Version", $"SHA-256 {audit.Document.Subject.VersionDigest}")])),
            "text/html", $"{name}-v{number}-report-{audit.Record.Findings.Hex[..8]}.html");
    }

    internal static async Task<Results<FileContentHttpResult, NotFound>> SpecAsync(
        string name, int number, Guid id, HttpContext http, ReadVersion versions, ReadFindings findings)
    {
        (VersionView View, EvidenceRecord Record, FindingsDocument Document)? found = await FindAuditAsync(name, number, id, http, versions, findings);
        return found is not { } audit ? TypedResults.NotFound() : TypedResults.File(
            Encoding.UTF8.GetBytes(WriteSpec.Run(audit.Document.Options, $"{name}/{number}")),
            "application/yaml", $"{name}-v{number}-spec-{audit.Record.Findings.Hex[..8]}.yaml");
    }

    private static async Task<(VersionView View, EvidenceRecord Record, FindingsDocument Document)?> FindAuditAsync(
        string name, int number, Guid id, HttpContext http, ReadVersion versions, ReadFindings findings)
    {
        VersionView? view = await versions.FindAsync(name, number, http.User, http.RequestAborted);
        EvidenceRecord? record = view?.Find(id);
        FindingsDocument? document = record is null ? null : await findings.ReadAsync(view!, record, http.RequestAborted);
        return document is { Options.Kind: AuditKind.Audit } ? (view!, record!, document) : null;
    }
}
