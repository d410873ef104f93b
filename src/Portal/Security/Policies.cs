using Microsoft.AspNetCore.Authorization;

namespace Governance.Portal.Security;

/// <summary>The authorization policies of pages and endpoints.</summary>
internal static class Policies
{
    /// <summary>Adds them; what has none asks for a session: deny by default.</summary>
    public static void AddPolicies(this AuthorizationBuilder authorization)
    {
        AuthorizationPolicy session = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
        authorization.SetDefaultPolicy(session).SetFallbackPolicy(session);
    }
}
