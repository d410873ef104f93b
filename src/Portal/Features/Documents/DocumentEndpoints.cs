using Governance.Audit.Data;
using Governance.Audit.Documents;
using Governance.Portal.Features.Versions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Governance.Portal.Features.Documents;

/// <summary>Documents of a version for people in a browser.</summary>
internal static class DocumentEndpoints
{
    /// <summary>Where a document is downloaded.</summary>
    public static string Address(VersionView view, string kind, string format) => view.Address($"reports/{kind}.{format}");

    /// <summary>Maps the downloads.</summary>
    public static void MapDocuments(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/models/{name}/versions/{number:int}/reports/{kind}.{format}", DownloadAsync).WithName("DownloadDocument").RequireAuthorization();

    internal static async Task<Results<FileContentHttpResult, NotFound, ProblemHttpResult>> DownloadAsync(
        string name, int number, string kind, string format, HttpContext http, ReadVersion versions, MakeDocument documents)
    {
        VersionView? view = await versions.FindAsync(name, number, http.User, http.RequestAborted);
        if (view is null || DocumentNames.Find(kind) is not DocumentKind known || !DocumentNames.Formats.Contains(format))
        {
            return TypedResults.NotFound();
        }

        try
        {
            byte[] bytes = await documents.RunAsync(view, known, format, http.RequestAborted);
            return TypedResults.File(bytes, DocumentNames.MediaType(format), $"{name}-v{number}-{kind}.{format}");
        }
        catch (InputException refusal) when (format == "pdf")
        {
            return TypedResults.Problem(refusal.Message, statusCode: StatusCodes.Status501NotImplemented, title: "No PDF here");
        }
    }
}
