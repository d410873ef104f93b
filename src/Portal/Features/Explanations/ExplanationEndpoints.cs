using System.Text.Json.Nodes;
using System.Text.Json;
using Governance.Audit.Explanations;
using Governance.Audit.Runs;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Versions;
using Governance.Registry.Evidence;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Governance.Portal.Features.Explanations;

/// <summary>Sealed explanations in the JSON form of <c>governance explain</c>, for people in a browser.</summary>
internal static class ExplanationEndpoints
{
    /// <summary>Where explanations are downloaded.</summary>
    public static string Address(VersionView view, EvidenceRecord record) => view.Address($"evidence/{record.Id}/explanation.json");

    /// <summary>Maps the download.</summary>
    public static void MapExplanations(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/models/{name}/versions/{number:int}/evidence/{id:guid}/explanation.json", DownloadAsync)
            .RequireAuthorization()
            .WithName("DownloadExplanation");

    internal static async Task<Results<FileContentHttpResult, NotFound, ForbidHttpResult>> DownloadAsync(
        string name, int number, Guid id, HttpContext http, ReadVersion versions, ReadFindings findings, ReadRows rows)
    {
        VersionView? view = await versions.FindAsync(name, number, http.User, http.RequestAborted);
        EvidenceRecord? record = view?.Find(id);
        FindingsDocument? document = record is null ? null : await findings.ReadAsync(view!, record, http.RequestAborted);
        if (document?.Explanation is not { } report)
        {
            return TypedResults.NotFound();
        }

        if (!view!.Viewer.SeeRows)
        {
            return TypedResults.Forbid();
        }

        await rows.ExportAsync(view, document, http.RequestAborted);
        return TypedResults.File(Write(document, report, record!), "application/json", $"{name}-v{number}-explanation-{record!.Findings.Hex[..8]}.json");
    }

    // The counters say what this answer took, not what the sealed run took: that stands in the findings document.
    private static byte[] Write(FindingsDocument document, ExplanationReport report, EvidenceRecord record)
    {
        ExplanationReport answer = report with { ModelRows = 0, ModelCalls = 0, ResultFrom = "evidence" };
        JsonObject json = new()
        {
            ["schema"] = "governance/explain/1",
            ["engine"] = document.Engine.Name,
            ["warnings"] = JsonSerializer.SerializeToNode(document.Warnings, ReportJson.Options),
            ["evidence"] = record.Findings.Hex,
        };
        foreach ((string key, JsonNode? value) in JsonSerializer.SerializeToNode(answer, ReportJson.Options)!.AsObject())
        {
            json[key] = value?.DeepClone();
        }

        return JsonSerializer.SerializeToUtf8Bytes(json, ReportJson.Options);
    }
}
