namespace Governance.Portal.Security;

/// <summary>
/// Refuses what another site's page sends in a visitor's name: circuits, because cookies travel with a WebSocket and CORS
/// does not guard it (ASVS 4.4.2), and every request that may change something (ASVS 3.5.1), before the antiforgery token
/// is looked at.
/// </summary>
internal static class OriginCheck
{
    // What browsers say of a request by themselves (Fetch Metadata): from our own page, or typed in by the person.
    private static readonly string[] OwnSites = ["same-origin", "none"];

    /// <summary>Answers 403 where the Origin is not this portal.</summary>
    public static IApplicationBuilder UseOriginCheck(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if ((IsCircuit(http.Request) || IsChange(http.Request)) && !IsOwn(http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        await next(http);
    });

    private static bool IsCircuit(HttpRequest request) => request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase);

    private static bool IsChange(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method);

    // Without the headers it is no browser, or a plain GET of our own page: session and antiforgery token decide.
    private static bool IsOwn(HttpRequest request)
    {
        string? origin = request.Headers.Origin;
        string? site = request.Headers["Sec-Fetch-Site"];
        return (string.IsNullOrEmpty(origin)
                || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase))
            && (string.IsNullOrEmpty(site) || OwnSites.Contains(site));
    }
}
