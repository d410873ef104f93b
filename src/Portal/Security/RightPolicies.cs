using Governance.Registry.Access;
using Microsoft.AspNetCore.Authorization;

namespace Governance.Portal.Security;

/// <summary>The authorization policies of pages and endpoints: one a right, read from the table of rights.</summary>
/// <remarks>
/// A policy says whether a role could ever use the right; whether this person may use it on this model is judged by
/// the use case, from the database.
/// </remarks>
internal static class RightPolicies
{
    /// <summary>May somewhere register, upload or submit.</summary>
    public const string Register = nameof(Right.Register);

    /// <summary>May somewhere run audits.</summary>
    public const string RunAudit = nameof(Right.RunAudit);

    /// <summary>May somewhere see the ledger.</summary>
    public const string SeeLedger = nameof(Right.SeeLedger);

    /// <summary>May administer users, roles, keys and policies.</summary>
    public const string Administer = nameof(Right.Administer);

    /// <summary>May take part in a decision of two persons: approvers and administrators.</summary>
    public const string Propose = nameof(Propose);

    /// <summary>Adds a policy a right; what has none asks for a session: deny by default.</summary>
    public static void AddPolicies(this AuthorizationBuilder authorization)
    {
        AuthorizationPolicy session = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
        authorization.SetDefaultPolicy(session).SetFallbackPolicy(session);
        authorization.AddPolicy(Propose, policy => policy.RequireAuthenticatedUser().RequireRole(nameof(Role.Approver), nameof(Role.Administrator)));
        foreach (Right right in Enum.GetValues<Right>())
        {
            string[] roles = [.. RolesWith(right).Select(role => role.ToString())];

            // An assertion, because RequireRole refuses an empty list: some rights no role has by itself.
            authorization.AddPolicy(right.ToString(), policy => policy.RequireAuthenticatedUser()
                .RequireAssertion(context => roles.Any(context.User.IsInRole)));
        }
    }

    /// <summary>The roles that could use a right on some model, in some relation to it.</summary>
    public static IEnumerable<Role> RolesWith(Right right)
    {
        ModelRelation closest = new(Granted: true, Owner: true, ExplanationsByGrant: true, PersonalRowsByGrant: true);
        return Enum.GetValues<Role>().Where(role => AccessPolicy.Decide(new HashSet<Role> { role }, right, closest).Allowed);
    }
}
