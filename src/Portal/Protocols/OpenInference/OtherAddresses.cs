using Governance.Portal.Security;
using Governance.Registry.Tokens;
using Microsoft.AspNetCore.Routing.Template;

namespace Governance.Portal.Protocols.OpenInference;

/// <summary>
/// What a program hears below <c>/v2</c> where nothing answers: 405 with what an address allows, or 404. Without this it would be
/// sent to the page where people sign in.
/// </summary>
internal static class OtherAddresses
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete];

    /// <summary>Maps them, behind all others.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapApi(InferenceFault.Prefix).MapMethods("/{**address}", Methods, Refuse).RequireScope(TokenScope.Predict, checksModels: true).ExcludeFromDescription();

    internal static IResult Refuse(HttpContext http, EndpointDataSource endpoints)
    {
        string[] allowed =
        [
            .. endpoints.Endpoints.OfType<RouteEndpoint>()
                .Where(endpoint => !endpoint.RoutePattern.Parameters.Any(parameter => parameter.IsCatchAll)
                    && new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []).TryMatch(http.Request.Path, []))
                .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []).Distinct().Order(StringComparer.Ordinal),
        ];

        // An address that allows the method and yet did not answer has a part that cannot be, such as a job's id that is none.
        if (allowed.Length == 0 || allowed.Contains(http.Request.Method))
        {
            return InferenceFault.Of(StatusCodes.Status404NotFound, "There is no such address.");
        }

        http.Response.Headers.Allow = string.Join(", ", allowed);
        return InferenceFault.Of(StatusCodes.Status405MethodNotAllowed, $"This address takes {string.Join(" or ", allowed)}, not {http.Request.Method}.");
    }
}
