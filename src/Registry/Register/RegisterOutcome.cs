using Governance.Registry.Access;

namespace Governance.Registry.Register;

/// <summary>What came of raising a finding, or of a step on one.</summary>
public abstract record RegisterOutcome
{
    private RegisterOutcome()
    {
    }

    /// <summary>It is on record.</summary>
    /// <param name="Entry">The finding as it stands now.</param>
    public sealed record Recorded(RegisterEntry Entry) : RegisterOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : RegisterOutcome;

    /// <summary>There is no such version or finding, or not for this person.</summary>
    public sealed record NotFound : RegisterOutcome;
}
