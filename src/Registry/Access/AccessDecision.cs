namespace Governance.Registry.Access;

/// <summary>What the table of rights answered, with the cell that decided.</summary>
/// <param name="Allowed">Whether the right may be used.</param>
/// <param name="By">The role that gave it; null where denied, and where a break-glass gave it.</param>
/// <param name="Cell">The deciding cell: what is masked, budgeted or logged follows from it.</param>
public sealed record AccessDecision(bool Allowed, Role? By, Allowance Cell)
{
    /// <summary>Denied: no role allows it.</summary>
    public static AccessDecision Denied { get; } = new(false, null, Allowance.Never);
}

/// <summary>How a person stands to a model.</summary>
/// <param name="Granted">The model is granted to them, and the grant was not revoked.</param>
/// <param name="Owner">They own the model.</param>
/// <param name="ExplanationsByGrant">The grant names explanations of rows (consumers).</param>
/// <param name="PersonalRowsByGrant">The grant names rows with personal data (reviewers).</param>
/// <param name="BreakGlass">Rights that a break-glass in force gives them on it, beside the table.</param>
public readonly record struct ModelRelation(
    bool Granted, bool Owner = false, bool ExplanationsByGrant = false, bool PersonalRowsByGrant = false,
    EnumSet<Right> BreakGlass = default);

/// <summary>How much of a model a person sees. Outside a grant a model does not exist.</summary>
public enum ModelVisibility
{
    None,
    NameOnly,
    Full,
}
