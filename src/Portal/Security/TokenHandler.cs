using System.Globalization;
using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Governance.Portal.Features.Accounts;
using Governance.Registry.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Governance.Portal.Security;

/// <summary>The scheme "token": <c>Authorization: Bearer gov_…</c> (RFC 6750), and what else <see cref="TokenHeader"/> reads.</summary>
internal sealed partial class TokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder,
    FindToken tokens, NoteTokenUse uses, FailureLimit failures)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    private string? refusal;
    private TimeSpan? wait;

    /// <summary>Whether a request says who it is by this header: then no cookie is looked at.</summary>
    public static bool IsUsedBy(HttpRequest request) => request.Headers.Authorization.Count > 0;

    /// <inheritdoc />
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!IsUsedBy(Request))
        {
            return AuthenticateResult.NoResult();
        }

        IPAddress? from = Context.Connection.RemoteIpAddress;
        wait = failures.WaitOf(from);
        if (wait is not null)
        {
            return Fail("Too many wrong tokens came from this address. Wait before the next try.");
        }

        if (TokenHeader.Read(Request) is not TokenHeader header)
        {
            failures.Note(from);
            return Fail("Send one token as 'Authorization: Bearer gov_…'.");
        }

        switch (await tokens.RunAsync(header.Token, from, Context.RequestAborted))
        {
            case FindTokenOutcome.Found other when !header.IsOf(other.UserName):
                failures.Note(from);
                return Fail("This token is of another account than the user name says.");
            case FindTokenOutcome.Found found:
                await uses.RunAsync(found.Token.Id, Context.RequestAborted);
                return AuthenticateResult.Success(new AuthenticationTicket(PrincipalOf(found), Scheme.Name));
            case FindTokenOutcome.Refused refused:
                failures.Note(from);
                LogRefused(Logger, refused.Code, from);
                return Fail(refused.Sentence);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <inheritdoc />
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (wait is TimeSpan rest)
        {
            Response.Headers.RetryAfter = Math.Ceiling(rest.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return Problems.WriteAsync(Context, StatusCodes.Status429TooManyRequests, "too-many-failures", refusal!);
        }

        // RFC 6750 3.1: without a token no error is named.
        Response.Headers.WWWAuthenticate = refusal is null ? "Bearer" : "Bearer error=\"invalid_token\"";
        return Problems.WriteAsync(
            Context, StatusCodes.Status401Unauthorized, refusal is null ? "no-session" : "invalid-token",
            refusal ?? "Sign in, or send a token as 'Authorization: Bearer gov_…'.");
    }

    /// <inheritdoc />
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        if (ScopeRequirement.RefusalFor(Context) is string sentence)
        {
            Response.Headers.WWWAuthenticate = "Bearer error=\"insufficient_scope\"";
            LogOutside(Logger, Context.User.FindFirstValue(TokenClaims.Token), Request.Method, Request.Path.ToUriComponent());
            return Problems.WriteAsync(Context, StatusCodes.Status403Forbidden, "insufficient-scope", sentence);
        }

        return Problems.WriteAsync(Context, StatusCodes.Status403Forbidden, "no-right", "Your role does not permit this.");
    }

    private AuthenticateResult Fail(string sentence)
    {
        refusal = sentence;
        return AuthenticateResult.Fail(sentence);
    }

    private ClaimsPrincipal PrincipalOf(FindTokenOutcome.Found found) => new(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, found.Person.Id.ToString()),
            new(ClaimTypes.Name, found.UserName),
            new(SignedIn.DisplayNameClaim, found.Person.DisplayName),
            new(Caller.SessionClaim, $"token:{found.Token.Id}"),
            new(TokenClaims.Token, found.Token.Id.ToString()),
            .. found.Person.Roles.Select(role => new Claim(ClaimTypes.Role, role.ToString())),
            .. found.Token.Scopes.Select(scope => new Claim(TokenClaims.Scope, scope.ToString())),
            .. found.Token.Models.Select(model => new Claim(TokenClaims.Model, model)),
        ], Scheme.Name));

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused a token ({Code}) from {Address}")]
    private static partial void LogRefused(ILogger log, string code, IPAddress? address);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Token {Token} was used outside its scopes: {Method} {Path}")]
    private static partial void LogOutside(ILogger log, string? token, string method, string path);
}
