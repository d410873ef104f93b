using System.Reflection;
using Governance.Audit.Serving;
using Governance.Portal.Security;
using Governance.Registry.Tokens;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Governance.Portal.Protocols.OpenInference;

/// <summary>What the protocol asks of the server as a whole: is it there, is it ready, what is it.</summary>
internal static class ServerEndpoints
{
    private static readonly string Version =
        typeof(ServerEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "1";

    /// <summary>Maps them. Health is for load balancers, which have no token; it says one word and no names.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v2/health/live", () => TypedResults.Json(new LiveAnswer(true))).AllowAnonymous();
        routes.MapGet("/v2/health/ready", ReadyAsync).AllowAnonymous();
        routes.MapApi(InferenceFault.Prefix).MapGet("", Describe).RequireScope(TokenScope.Predict, checksModels: true).WithTags("Open inference");
    }

    internal static async Task<IResult> ReadyAsync(HealthCheckService health, ServingDoor door, HttpContext http)
    {
        HealthReport report = await health.CheckHealthAsync(check => check.Tags.Contains(HealthEndpoints.Ready), http.RequestAborted);
        bool ready = report.Status == HealthStatus.Healthy && !door.IsClosed;
        return TypedResults.Json(new ReadyAnswer(true, ready), statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    internal static IResult Describe() => TypedResults.Json(new ServerAnswer("governance", Version, ["binary_tensor_data", "readable_columns", "respond_async"]));
}

/// <summary>That the process answers.</summary>
internal sealed record LiveAnswer(bool Live);

/// <summary>Whether it can serve.</summary>
internal sealed record ReadyAnswer(bool Live, bool Ready);

/// <summary>What the server is.</summary>
internal sealed record ServerAnswer(string Name, string Version, IReadOnlyList<string> Extensions);
