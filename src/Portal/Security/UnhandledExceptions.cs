using Governance.Portal.Protocols;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace Governance.Portal.Security;

/// <summary>The one place where an exception ends: problem details for programs, the error page for people.</summary>
/// <remarks>The log has the exception; the answer has its number only, never its message or its stack.</remarks>
internal sealed partial class UnhandledExceptions(ILogger<UnhandledExceptions> log) : IExceptionHandler
{
    /// <inheritdoc />
    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception fault, CancellationToken cancellationToken)
    {
        if (fault is OperationCanceledException && http.RequestAborted.IsCancellationRequested)
        {
            return true;
        }

        // By now the request's own path is that of the error page.
        PathString path = http.Features.GetRequiredFeature<IExceptionHandlerPathFeature>().Path;
        bool isTheirs = fault is BadHttpRequestException;
        if (!isTheirs)
        {
            LogFault(log, fault, http.Request.Method, path.ToUriComponent(), http.TraceIdentifier);
        }

        string? sentence = UnavailablePage.SentenceOf(fault);
        if (sentence is not null)
        {
            http.Response.Headers.RetryAfter = "30";
        }

        if (ErrorPages.IsPage(path))
        {
            if (sentence is not null)
            {
                await UnavailablePage.WriteAsync(http, sentence, cancellationToken);
                return true;
            }

            ErrorPages.AskForAPage(http);
            return false;
        }

        if (ProtocolFaults.Of(path, http.Response.StatusCode, isTheirs ? "The request cannot be read."
            : sentence ?? $"The portal met a fault of its own, number {http.TraceIdentifier}.") is IResult inItsWords)
        {
            await inItsWords.ExecuteAsync(http);
            return true;
        }

        ProblemDetails problem = new()
        {
            Status = http.Response.StatusCode,
            Title = isTheirs ? "The request cannot be read."
                : sentence is not null ? "The portal cannot do this at the moment."
                : "The portal met a fault of its own.",
            Detail = sentence,
            Instance = http.TraceIdentifier,
        };
        await http.Response.WriteAsJsonAsync(problem, options: null, "application/problem+json", cancellationToken);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed, {Number}")]
    private static partial void LogFault(ILogger log, Exception fault, string method, string path, string number);
}
