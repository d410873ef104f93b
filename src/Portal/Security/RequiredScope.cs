using Governance.Registry.Tokens;
using Microsoft.AspNetCore.Authorization;

namespace Governance.Portal.Security;

/// <summary>What a token must be for, to be used on an endpoint. An endpoint without one is closed to tokens.</summary>
/// <param name="scope">The scope.</param>
/// <param name="checksModels">
/// The handler asks <see cref="TokenClaims.MayUse(System.Security.Claims.ClaimsPrincipal, string)"/> itself, because the
/// address does not name the model.
/// </param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
internal sealed class RequiredScopeAttribute(TokenScope scope, bool checksModels = false) : Attribute
{
    /// <summary>The value of the route that names the model.</summary>
    public const string ModelValue = "model";

    /// <summary>The scope.</summary>
    public TokenScope Scope { get; } = scope;

    /// <summary>Whether the handler judges the model.</summary>
    public bool ChecksModels { get; } = checksModels;
}

/// <summary>How endpoints say it.</summary>
internal static class RequiredScopeExtensions
{
    /// <summary>Opens an endpoint to tokens of a scope; a token that is limited to models needs the model of the route.</summary>
    /// <param name="endpoint">An endpoint of <see cref="PortalApi.MapApi"/>.</param>
    /// <param name="scope">What the token must be for.</param>
    /// <param name="checksModels">The handler judges the model itself: the address does not name it.</param>
    public static TBuilder RequireScope<TBuilder>(this TBuilder endpoint, TokenScope scope, bool checksModels = false)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new RequiredScopeAttribute(scope, checksModels));
}

/// <summary>Part of the policy of the API: what a token may not is refused before a byte of the body is read.</summary>
internal sealed class ScopeRequirement : IAuthorizationRequirement
{
    /// <summary>Why a token may not use an endpoint, or null. Sessions are not judged here.</summary>
    public static string? RefusalFor(HttpContext http)
    {
        if (!http.User.IsToken())
        {
            return null;
        }

        RequiredScopeAttribute? required = http.GetEndpoint()?.Metadata.GetMetadata<RequiredScopeAttribute>();
        return required is null ? "This address is for browsers' sessions: no token opens it."
            : !http.User.MayUse(required.Scope) ? $"This needs a token with the scope {required.Scope.ToString().ToLowerInvariant()}."
            : required.ChecksModels || AllowsModelOf(http) ? null
            : "This token is limited to other models.";
    }

    private static bool AllowsModelOf(HttpContext http) => http.Request.RouteValues[RequiredScopeAttribute.ModelValue] is string model
        ? http.User.MayUse(model)
        : !http.User.HasClaim(claim => claim.Type == TokenClaims.Model);
}

/// <summary>Judges <see cref="ScopeRequirement"/>.</summary>
internal sealed class ScopeJudge : AuthorizationHandler<ScopeRequirement>
{
    /// <inheritdoc />
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
    {
        if (context.Resource is HttpContext http && ScopeRequirement.RefusalFor(http) is null)
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
