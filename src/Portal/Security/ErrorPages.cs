using Governance.Portal.Protocols.OpenInference;

namespace Governance.Portal.Security;

/// <summary>Which page stands for a failure. Programs (/api) get problem details, circuits the bare status.</summary>
internal static class ErrorPages
{
    /// <summary>Adds the error page for exceptions, and a page with words for other status codes without a body.</summary>
    public static void UseErrorPages(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error",
            CreateScopeForErrors = true,
            StatusCodeSelector = fault => fault is BadHttpRequestException theirs ? theirs.StatusCode
                : UnavailablePage.SentenceOf(fault) is not null ? StatusCodes.Status503ServiceUnavailable
                : StatusCodes.Status500InternalServerError,
        });
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal), api => api.UseStatusCodePages());
        app.UseWhen(http => IsPage(http.Request.Path), pages =>
        {
            pages.UseStatusCodePagesWithReExecute("/not-found", "?status={0}", createScopeForStatusCodePages: true);
            pages.Use(async (http, next) =>
            {
                await next(http);
                if (http.Response.StatusCode >= StatusCodes.Status400BadRequest && !http.Response.HasStarted)
                {
                    AskForAPage(http);
                }
            });
        });
    }

    /// <summary>Makes the request that failed a question for a page: a page that is posted to would want a form.</summary>
    public static void AskForAPage(HttpContext http)
    {
        http.Request.Method = HttpMethods.Get;
        http.Request.ContentType = null;
    }

    /// <summary>Whether a person looks at the answer.</summary>
    public static bool IsPage(PathString path) =>
        !path.StartsWithSegments("/api", StringComparison.Ordinal) && !InferenceFault.IsAsked(path) && !path.StartsWithSegments("/_blazor", StringComparison.Ordinal);
}
