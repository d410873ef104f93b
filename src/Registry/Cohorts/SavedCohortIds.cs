using Governance.Registry.Storage;

namespace Governance.Registry.Cohorts;

/// <summary>Which saved cohort.</summary>
public readonly record struct SavedCohortId(Guid Value) : IGuidId<SavedCohortId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static SavedCohortId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static SavedCohortId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Which step of a saved cohort.</summary>
public readonly record struct SavedCohortStepId(Guid Value) : IGuidId<SavedCohortStepId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static SavedCohortStepId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static SavedCohortStepId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
