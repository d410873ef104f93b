using System.Text.Json.Nodes;
using Governance.Portal.Security;
using Governance.Registry.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Governance.Portal.Features.Answers;

/// <summary>The description of the API, for whoever may use it.</summary>
internal static class OpenApiEndpoint
{
    /// <summary>Maps <c>/api/v1/openapi.json</c>.</summary>
    public static void MapOpenApiDocument(this IEndpointRouteBuilder routes) =>
        routes.MapApi().MapGet("/openapi.json", (OpenApiDocument document) => Write(document)).RequireScope(TokenScope.Read, checksModels: true).WithName("OpenApi");

    internal static JsonHttpResult<JsonObject> Write(OpenApiDocument document) => TypedResults.Json(document.Write());
}
