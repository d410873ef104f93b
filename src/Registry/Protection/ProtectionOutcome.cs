using Governance.Registry.Access;
using Governance.Registry.Ledger;

namespace Governance.Registry.Protection;

/// <summary>What came of a change of a model's protection.</summary>
public abstract record ProtectionOutcome
{
    private ProtectionOutcome()
    {
    }

    internal static Refusal NoReason { get; } =
        new("no-reason", $"Say why, in 1 to {PersonalText.MaxLength} characters: it is kept with the decision.");

    internal static PersonalText? TextOf(string? reason) =>
        string.IsNullOrWhiteSpace(reason) || reason.Trim().Length > PersonalText.MaxLength ? null : PersonalText.Write(reason.Trim());

    /// <summary>It is as asked.</summary>
    public sealed record Changed : ProtectionOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : ProtectionOutcome;

    /// <summary>The model does not exist, or not for this person.</summary>
    public sealed record NoSuchModel : ProtectionOutcome;
}
