using Governance.Audit.Answers.Policy;
using Governance.Registry.Access;
using Governance.Registry.Alarms;
using Governance.Registry.Protection;
using Governance.Registry.Teams;

namespace Governance.Audit.Answers;

/// <summary>What somebody may ask a version, with what was chosen for it.</summary>
/// <param name="Access">What the table of rights answered for the right.</param>
/// <param name="Coefficients">Whether they may see the coefficients.</param>
/// <param name="Rows">How they may see rows with personal data.</param>
/// <param name="Teams">Their teams.</param>
/// <param name="Choices">Throttle and budget of the model; only where it exists for them.</param>
/// <param name="Pack">The output policies and limits that count.</param>
/// <param name="Gauge">Whether further answers need the owner's approval; null where nothing marks them.</param>
public sealed record AnswerGrant(
    AccessAnswer Access, bool Coefficients, AccessDecision Rows, IReadOnlyList<TeamId> Teams, ProtectionChoices Choices, OutputPolicies Pack,
    GaugeStanding? Gauge)
{
    /// <summary>The limits of a charge.</summary>
    /// <param name="release">The model's class.</param>
    /// <param name="features">Elements of its inputs.</param>
    public BudgetRules RulesFor(ReleaseClass release, int features)
    {
        BudgetLimits limits = Pack.Limits;
        BudgetChoice? own = Choices.Budget;
        long lifetime = own?.LifetimeUnits ?? limits.PrincipalLifetime;
        return new BudgetRules(
            own?.DayUnits ?? limits.PrincipalDay, Math.Min(lifetime, Gauge?.Until ?? lifetime), limits.TeamDay, limits.ModelMonth,
            release == ReleaseClass.Linear && !Coefficients ? own?.DisclosingUnits ?? limits.LinearLifetime(features) : null);
    }
}
