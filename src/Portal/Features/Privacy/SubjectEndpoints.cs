using Governance.Audit.Data;
using Governance.Audit.Privacy;
using Governance.Portal.Security;
using Governance.Registry.Privacy;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Governance.Portal.Features.Privacy;

/// <summary>The copy of one person's rows, as a file for that person.</summary>
internal static class SubjectEndpoints
{
    /// <summary>Where the form of the page posts to.</summary>
    public const string Export = "/privacy/subjects/export";

    /// <summary>Maps the download; the form carries the antiforgery token.</summary>
    public static void MapSubjects(this IEndpointRouteBuilder routes) =>
        routes.MapPost(Export, ExportAsync).RequireAuthorization().WithName("ExportSubject");

    internal static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ExportAsync(
        [FromForm(Name = "Export.Request")] Guid request, [FromForm(Name = "Export.Person")] string person, HttpContext http, ExportSubject export)
    {
        try
        {
            byte[] copy = await export.RunAsync(
                http.User.Actor(), new SubjectRequestId(request),
                SubjectKey.Parse(person.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries)), http.RequestAborted);
            return TypedResults.File(copy, "application/json", $"subject-export-{request:n}.json");
        }
        catch (InputException fault)
        {
            return Problems.Of(StatusCodes.Status422UnprocessableEntity, "refused", fault.Message);
        }
    }
}
