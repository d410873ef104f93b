using Governance.Registry.Access;

namespace Governance.Portal.Features.Versions;

/// <summary>What the person who looks at a version may see and do there, read from the table of rights.</summary>
/// <param name="Person">Who looks.</param>
/// <param name="Register">Register versions and data, submit.</param>
/// <param name="RunAudit">Request audits.</param>
/// <param name="SeeRows">See explanations of single rows.</param>
/// <param name="MaskProtected">Protected attributes of rows are masked.</param>
/// <param name="Review">Review, as far as the table says; the policy of sign-off has the last word.</param>
/// <param name="Approve">Decide, as far as the table says; the policy of sign-off has the last word.</param>
/// <param name="Administer">Grant access.</param>
/// <param name="SeeCoefficients">See a model's coefficients, and what stands in for them.</param>
public sealed record ViewerRights(
    UserId Person, bool Register, bool RunAudit, bool SeeRows, bool MaskProtected, bool Review, bool Approve, bool Administer, bool SeeCoefficients)
{
    /// <summary>Reads the table for one person and model.</summary>
    public static ViewerRights Of(UserId person, IReadOnlySet<Role> roles, ModelRelation relation)
    {
        AccessDecision rows = AccessPolicy.Decide(roles, Right.ExplainRow, relation);
        AccessDecision personal = AccessPolicy.Decide(roles, Right.SeePersonalRows, relation);
        return new ViewerRights(
            person,
            AccessPolicy.Decide(roles, Right.Register, relation).Allowed,
            AccessPolicy.Decide(roles, Right.RunAudit, relation).Allowed,
            rows.Allowed,
            !(personal.Allowed && personal.Cell != Allowance.Masked),
            AccessPolicy.Decide(roles, Right.Review, relation).Allowed,
            AccessPolicy.Decide(roles, Right.Approve, relation).Allowed,
            AccessPolicy.Decide(roles, Right.Administer, relation).Allowed,
            AccessPolicy.Decide(roles, Right.SeeCoefficients, relation).Allowed);
    }
}
