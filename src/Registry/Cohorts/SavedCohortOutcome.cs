using Governance.Registry.Access;

namespace Governance.Registry.Cohorts;

/// <summary>What came of saving a cohort or of a step.</summary>
public abstract record SavedCohortOutcome
{
    private SavedCohortOutcome()
    {
    }

    /// <summary>It is on record.</summary>
    public sealed record Recorded(SavedCohortId Id) : SavedCohortOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : SavedCohortOutcome;

    /// <summary>There is no such model or cohort, or not for this person.</summary>
    public sealed record NotFound : SavedCohortOutcome;
}
