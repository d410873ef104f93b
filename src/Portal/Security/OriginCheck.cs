namespace Governance.Portal.Security;

/// <summary>Refuses circuits that another site's page opens: cookies travel with a WebSocket, and CORS does not guard it.</summary>
internal static class OriginCheck
{
    /// <summary>Answers 403 on /_blazor where the Origin is not this portal (ASVS 4.4.2).</summary>
    public static IApplicationBuilder UseOriginCheck(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (http.Request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase) && !IsOwn(http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        await next(http);
    });

    // Without the header it is no browser, or a plain GET of our own page: the session decides.
    private static bool IsOwn(HttpRequest request)
    {
        string? origin = request.Headers.Origin;
        return string.IsNullOrEmpty(origin)
            || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
