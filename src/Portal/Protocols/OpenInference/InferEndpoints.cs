using System.Globalization;
using System.Security.Claims;
using System.Text;
using Governance.Audit.Data;
using Governance.Audit.Serving;
using Governance.Portal.Security;
using Governance.Registry.Deployments;
using Governance.Registry.Tokens;
using Microsoft.AspNetCore.Mvc;

namespace Governance.Portal.Protocols.OpenInference;

/// <summary>The Open Inference Protocol V2: the same answers as <c>/api/v1</c>, by the same pipeline, in the words that model servers share.</summary>
internal static class InferEndpoints
{
    /// <summary>The largest body, in bytes.</summary>
    public const int MostBody = 16 << 20;

    /// <summary>Maps <c>/v2</c> and all below it.</summary>
    public static void MapOpenInference(this IEndpointRouteBuilder routes)
    {
        ServerEndpoints.Map(routes);
        routes.MapJobs();
        OtherAddresses.Map(routes);
        RouteGroupBuilder models = routes.MapApi(InferenceFault.Prefix).MapGroup("/models/{model}").WithTags("Open inference");
        foreach (string version in (string[])["", "/versions/{version}"])
        {
            models.MapGet(version, ModelEndpoints.DescribeAsync).RequireScope(TokenScope.Predict);
            models.MapGet($"{version}/ready", ModelEndpoints.ReadyAsync).RequireScope(TokenScope.Predict);
            models.MapPost($"{version}/infer", InferAsync).RequireScope(TokenScope.Predict).WithMetadata(new RequestSizeLimitAttribute(MostBody));
        }
    }

    internal static async Task<IResult> InferAsync(string model, string? version, HttpContext http, AnswerInference answer, FindServed find)
    {
        if (!TryNumber(version, out int? number))
        {
            return InferenceFault.Of(StatusCodes.Status404NotFound, InferenceFault.NoSuchVersion);
        }

        ReadOnlyMemory<byte> body = await BodyAsync(http);
        InferRequest request;
        try
        {
            request = ReadInferRequest.Read(body, JsonLength(http.Request));
        }
        catch (InputException fault)
        {
            return await answer.RefuseAsync(http, model, number ?? await find.NewestAsync(http.User.Id(), model, http.RequestAborted) ?? 0, fault);
        }

        DeploymentId? deployment = null;
        if (number is null)
        {
            ReadOnlyMemory<byte> key = request.Id is null ? body : Encoding.UTF8.GetBytes(request.Id);
            ServedChoice choice = await find.ForRequestAsync(http.User.Id(), model, request.Environment, key, http.RequestAborted);
            if (choice.Number is null)
            {
                return choice.Closed is null ? InferenceFault.Of(StatusCodes.Status404NotFound, InferenceFault.NoSuchVersion)
                    : InferenceFault.Of(choice.Closed.Code == "no-right" ? StatusCodes.Status403Forbidden : StatusCodes.Status409Conflict, choice.Closed.Sentence);
            }

            (number, deployment) = (choice.Number, choice.Deployment);
        }

        bool later = http.Request.Headers["Prefer"].Any(prefer => prefer?.Contains("respond-async", StringComparison.OrdinalIgnoreCase) == true);
        return await answer.RunAsync(http, new InferTarget(model, number.Value, deployment), request, later);
    }

    /// <summary>The number of the version that an address names; null where it names none.</summary>
    /// <returns>False where what it names cannot be a version.</returns>
    internal static bool TryNumber(string? version, out int? number)
    {
        number = int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out int found) ? found : null;
        return version is null || number is not null;
    }

    /// <summary>By which token somebody asks; null for a session.</summary>
    internal static Guid? TokenOf(ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(TokenClaims.Token), out Guid token) ? token : null;

    /// <summary>An answer with its headers.</summary>
    internal static IResult Of(HttpContext http, InferResponse response)
    {
        if (response.Json is int length)
        {
            http.Response.Headers[ReadInferRequest.HeaderLength] = length.ToString(CultureInfo.InvariantCulture);
        }

        return TypedResults.Bytes(response.Body, response.ContentType);
    }

    private static int? JsonLength(HttpRequest http) => http.Headers[ReadInferRequest.HeaderLength] is [string header]
        ? int.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out int length)
            ? length
            : throw new InputException($"The header {ReadInferRequest.HeaderLength} says '{header}', which is no length.")
        : null;

    private static async Task<ReadOnlyMemory<byte>> BodyAsync(HttpContext http)
    {
        using MemoryStream body = new((int)Math.Clamp(http.Request.ContentLength ?? 0, 0, MostBody));
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }
}

/// <summary>The version that a request was given to.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Version">The version's number.</param>
/// <param name="Deployment">By which deployment; null where the address names the version.</param>
internal sealed record InferTarget(string Model, int Version, DeploymentId? Deployment);
