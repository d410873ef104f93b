using Governance.Registry.Models;

namespace Governance.Registry.Protection;

/// <summary>The limits that one charge is judged by, in units.</summary>
/// <param name="PrincipalDay">In 24 hours.</param>
/// <param name="PrincipalLifetime">Ever.</param>
/// <param name="TeamDay">In 24 hours, each team.</param>
/// <param name="ModelMonth">In 30 days, all together.</param>
/// <param name="DisclosingLifetime">Units of disclosing answers ever, by the principal and by each team; null where they are not limited.</param>
public sealed record BudgetRules(
    long PrincipalDay, long PrincipalLifetime, long TeamDay, long ModelMonth, long? DisclosingLifetime);

/// <summary>Units to charge before an answer is made.</summary>
/// <param name="Model">On which model.</param>
/// <param name="Principal">The account that asks.</param>
/// <param name="Teams">The teams that it belongs to.</param>
/// <param name="Units">At least 1.</param>
/// <param name="Disclosing">How many of them are for answers that tell more than a decision; at least 0.</param>
/// <param name="Rules">The limits.</param>
/// <param name="OwnWindow">Whether the teams' and the model's windows leave it out.</param>
public sealed record Charge(
    ModelId Model, Guid Principal, IReadOnlyList<Guid> Teams, int Units, int Disclosing, BudgetRules Rules, bool OwnWindow = false);

/// <summary>Which limit was reached.</summary>
public enum BudgetWindow
{
    PrincipalDay,
    PrincipalLifetime,
    TeamDay,
    ModelMonth,

    /// <summary>Numbers of a linear model, by the principal.</summary>
    PrincipalDisclosing,

    /// <summary>Numbers of a linear model, by a team together.</summary>
    TeamDisclosing,
}

/// <summary>What came of a charge.</summary>
public abstract record ChargeOutcome
{
    private ChargeOutcome()
    {
    }

    /// <summary>It is charged, for good: a crash gives nothing back.</summary>
    /// <param name="Remaining">What the principal may still spend: the least of their own limits, of their teams' and of the model's.</param>
    public sealed record Charged(long Remaining) : ChargeOutcome;

    /// <summary>A limit is reached; nothing is charged.</summary>
    /// <param name="Window">Which one.</param>
    /// <param name="Limit">In units.</param>
    /// <param name="Left">Units left under it.</param>
    /// <param name="FreeAt">When enough will be free; null where time alone does not free it.</param>
    public sealed record Refused(BudgetWindow Window, long Limit, long Left, DateTimeOffset? FreeAt) : ChargeOutcome;
}
