using Governance.Registry.Access;

namespace Governance.Registry.Serving;

/// <summary>What came of a choice of how a version is served.</summary>
public abstract record ServingOutcome
{
    private ServingOutcome()
    {
    }

    /// <summary>It is as asked.</summary>
    public sealed record Changed : ServingOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : ServingOutcome;

    /// <summary>The version does not exist, or not for this person.</summary>
    public sealed record NoSuchVersion : ServingOutcome;
}
