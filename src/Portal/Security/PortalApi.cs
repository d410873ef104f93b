using Governance.Registry.Storage;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace Governance.Portal.Security;

/// <summary>What every endpoint below <c>/api/v1</c> has in common: who is asked for, and what guards a browser's session.</summary>
internal static class PortalApi
{
    /// <summary>The address that all begin with.</summary>
    public const string Prefix = "/api/v1";

    /// <summary>The policy of all of them: another way to say who one is (a token) is added here, and nowhere else.</summary>
    public const string Policy = "api";

    /// <summary>The scheme that chooses between session and token.</summary>
    public const string Scheme = "api";

    /// <summary>Adds the policy: a browser's session, or a token with the scope that the endpoint asks for.</summary>
    public static void AddApiPolicy(this AuthorizationBuilder authorization)
    {
        authorization.AddPolicy(Policy, policy => policy.AddAuthenticationSchemes(Scheme).RequireAuthenticatedUser()
            .AddRequirements(new ScopeRequirement()));
        authorization.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new GuidIdJson()));
        authorization.Services.AddSingleton<IAuthorizationHandler, ScopeJudge>();
    }

    /// <summary>
    /// Adds how programs say who they are. A request with an Authorization header is judged by that alone, so that a cookie
    /// that happens to travel with it never lends it a session's rights.
    /// </summary>
    public static AuthenticationBuilder AddApiSchemes(this AuthenticationBuilder authentication)
    {
        authentication.Services.AddSingleton<FailureLimit>();
        return authentication.AddScheme<AuthenticationSchemeOptions, TokenHandler>(TokenClaims.Scheme, null)
            .AddPolicyScheme(Scheme, null, scheme =>
            {
                scheme.ForwardDefaultSelector = http =>
                    TokenHandler.IsUsedBy(http.Request) ? TokenClaims.Scheme : IdentityConstants.ApplicationScheme;
                scheme.ForwardChallenge = TokenClaims.Scheme;
                scheme.ForwardForbid = TokenClaims.Scheme;
            });
    }

    /// <summary>The group that endpoints are added to.</summary>
    /// <param name="routes">Where to.</param>
    /// <param name="prefix">The address that they begin with; another one for a protocol of its own.</param>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder routes, string prefix = Prefix)
    {
        RouteGroupBuilder api = routes.MapGroup(prefix).RequireAuthorization(Policy);
        api.AddEndpointFilter(CheckSessionAsync);
        return api;
    }

    /// <summary>Maps where a program with a session gets the token that its changes need.</summary>
    public static void MapAntiforgeryToken(this IEndpointRouteBuilder routes) =>
        routes.MapApi().MapGet("/antiforgery", TokenOf).WithName("AntiforgeryToken");

    internal static Ok<AntiforgeryAnswer> TokenOf(HttpContext http, IAntiforgery antiforgery)
    {
        AntiforgeryTokenSet tokens = antiforgery.GetAndStoreTokens(http);
        return TypedResults.Ok(new AntiforgeryAnswer(tokens.HeaderName!, tokens.RequestToken!));
    }

    // A cookie travels with what another site sends, so a change by a session carries the token that only our pages know.
    private static async ValueTask<object?> CheckSessionAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        HttpContext http = context.HttpContext;
        bool changes = !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method);
        bool session = http.User.Identity?.AuthenticationType == IdentityConstants.ApplicationScheme;
        IAntiforgery antiforgery = http.RequestServices.GetRequiredService<IAntiforgery>();
        return changes && session && !await antiforgery.IsRequestValidAsync(http)
            ? Problems.Of(
                StatusCodes.Status400BadRequest, "no-antiforgery-token",
                $"A change by a browser's session needs the token of {Prefix}/antiforgery in the header that it names.")
            : await next(context);
    }
}

/// <summary>What <c>GET /api/v1/antiforgery</c> answers.</summary>
/// <param name="Header">The name of the header.</param>
/// <param name="Token">Its value.</param>
internal sealed record AntiforgeryAnswer(string Header, string Token);
