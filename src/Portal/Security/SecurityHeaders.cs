namespace Governance.Portal.Security;

/// <summary>The headers of every response, whoever answers it: a page, a file, an error or a redirect.</summary>
internal static class SecurityHeaders
{
    // style-src-attr: Plotly and the UI kit place what they draw with style attributes; script stays without exception.
    private const string ContentPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; " +
        "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'self'; " +
        "form-action 'self'; frame-ancestors 'none'";

    /// <summary>Adds them just before a response begins.</summary>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        http.Response.OnStarting(() =>
        {
            Write(http);
            return Task.CompletedTask;
        });
        return next(http);
    });

    private static void Write(HttpContext http)
    {
        IHeaderDictionary headers = http.Response.Headers;
        headers.ContentSecurityPolicy = http.Request.IsHttps ? ContentPolicy + "; upgrade-insecure-requests" : ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (http.Request.IsHttps)
        {
            // Two years, as the preload list asks; one year is the least that ASVS 3.4.1 accepts.
            headers.StrictTransportSecurity = "max-age=63072000; includeSubDomains";
        }

        // What people see is theirs alone; files that everyone may have keep the policy that MapStaticAssets gave them.
        if (headers.CacheControl.Count == 0 || http.User.Identity?.IsAuthenticated == true && http.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true)
        {
            headers.CacheControl = "no-store";
        }
    }
}
