namespace Governance.Audit.Answers.Policy;

/// <summary>How many units may be spent on one model. Windows slide.</summary>
/// <remarks>Source: security brief, section 7.2; the team's day is two persons' days.</remarks>
public sealed record BudgetLimits
{
    /// <summary>The built-in limits.</summary>
    public static BudgetLimits Default { get; } = new();

    /// <summary>By one person or program in 24 hours.</summary>
    public int PrincipalDay { get; init; } = 200;

    /// <summary>By one person or program ever, without the owner's approval of more.</summary>
    public int PrincipalLifetime { get; init; } = 500;

    /// <summary>By the members of a team together in 24 hours.</summary>
    public int TeamDay { get; init; } = 400;

    /// <summary>By all together in 30 days.</summary>
    public int ModelMonth { get; init; } = 2_000;

    /// <summary>
    /// Units of answers with numbers ever, by a person or program, and by a team, that may not see the coefficients of a
    /// linear model, as a share of its features. Below 1, so that it ends before as many answers as unknowns.
    /// </summary>
    public double LinearShare { get; init; } = 0.5;

    /// <summary>The lifetime limit of disclosing answers of a linear model, rounded down.</summary>
    /// <param name="features">The elements of the model's inputs; at least 1.</param>
    public int LinearLifetime(int features)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        return (int)Math.Floor(LinearShare * features);
    }

    /// <summary>Whether any limit is above another's.</summary>
    public bool IsLooserThan(BudgetLimits other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return PrincipalDay > other.PrincipalDay || PrincipalLifetime > other.PrincipalLifetime || TeamDay > other.TeamDay
            || ModelMonth > other.ModelMonth || LinearShare > other.LinearShare;
    }
}
