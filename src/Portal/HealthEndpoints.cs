using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace Governance.Portal;

/// <summary>What a load balancer asks: whether the process answers, and whether it can serve.</summary>
internal static class HealthEndpoints
{
    /// <summary>Checks with this tag decide whether the process is ready.</summary>
    public const string Ready = "ready";

    /// <summary>Maps /health/live and /health/ready. They say one word and no names.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready) }).AllowAnonymous();
    }
}
