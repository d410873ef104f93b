using Governance.Registry.Access;
using Governance.Registry.Versions;

namespace Governance.Registry.SignOffs;

/// <summary>What came of a sign-off.</summary>
public abstract record SignOffOutcome
{
    private SignOffOutcome()
    {
    }

    /// <summary>It is recorded.</summary>
    /// <param name="SignOff">The fact.</param>
    /// <param name="Stage">Where the version stands now.</param>
    public sealed record Recorded(SignOff SignOff, Stage Stage) : SignOffOutcome
    {
        /// <summary>What the decision covers; null for a review.</summary>
        public SealedDossier? Dossier { get; init; }
    }

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : SignOffOutcome;

    /// <summary>It does not exist, or not for this person.</summary>
    public sealed record NoSuchVersion : SignOffOutcome;
}
