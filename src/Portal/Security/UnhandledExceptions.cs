using Microsoft.AspNetCore.Diagnostics;
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

        LogFault(log, fault, http.Request.Method, http.Request.Path, http.TraceIdentifier);
        if (!http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            return false;
        }

        bool isTheirs = fault is BadHttpRequestException;
        http.Response.StatusCode = isTheirs ? StatusCodes.Status400BadRequest : StatusCodes.Status500InternalServerError;
        ProblemDetails problem = new()
        {
            Status = http.Response.StatusCode,
            Title = isTheirs ? "The request cannot be read." : "The portal met a fault of its own.",
            Instance = http.TraceIdentifier,
        };
        await http.Response.WriteAsJsonAsync(problem, options: null, "application/problem+json", cancellationToken);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed, {Number}")]
    private static partial void LogFault(ILogger log, Exception fault, string method, PathString path, string number);
}
