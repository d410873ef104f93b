using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Governance.Portal.Security;

/// <summary>Writes down who asked for what their role does not permit (ASVS 16.3.2); the answer is the framework's.</summary>
internal sealed partial class DeniedAccessLog(ILogger<DeniedAccessLog> log) : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler answers = new();

    /// <inheritdoc />
    public Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Forbidden)
        {
            // As it would stand in an address: a decoded line feed could begin a line of the log (ASVS 16.4.1).
            LogDenied(
                log, context.User.FindFirstValue(ClaimTypes.NameIdentifier), context.User.FindFirstValue(Caller.SessionClaim),
                context.Request.Method, context.Request.Path.ToUriComponent());
        }

        return answers.HandleAsync(next, context, policy, authorizeResult);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Denied: account {User}, session {Session}, {Method} {Path}")]
    private static partial void LogDenied(ILogger log, string? user, string? session, string method, string path);
}
