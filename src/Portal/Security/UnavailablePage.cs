using System.Net;
using Governance.Registry.Storage;

namespace Governance.Portal.Security;

/// <summary>The page for a database or a disk that is not there: 503, written without either.</summary>
/// <remarks>The error page of the portal asks who looks at it, and that is in the database.</remarks>
internal static class UnavailablePage
{
    /// <summary>What is not there, in a sentence; null where the fault is another one.</summary>
    public static string? SentenceOf(Exception fault) => StorageFault.SentenceOf(fault) ?? DatabaseFault.SentenceOf(fault);

    /// <summary>Writes the page.</summary>
    public static Task WriteAsync(HttpContext http, string sentence, CancellationToken cancellationToken)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta name="color-scheme" content="light dark" />
            <title>Not available · Governance</title>
            <link rel="stylesheet" href="/css/tokens.css" />
            <link rel="stylesheet" href="/css/portal.css" />
            </head>
            <body>
            <div class="gate">
            <aside aria-label="About this portal"><p class="statement">Governance</p></aside>
            <main id="main"><div>
            <h1>The portal cannot do this at the moment</h1>
            <p class="soft gap-b2" role="alert">{WebUtility.HtmlEncode(sentence)}</p>
            <p class="actions"><a class="btn primary" href="/">Home</a></p>
            </div></main>
            </div>
            </body>
            </html>

            """,
            cancellationToken);
    }
}
