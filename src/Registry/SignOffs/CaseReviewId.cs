using Governance.Registry.Storage;

namespace Governance.Registry.SignOffs;

/// <summary>Which review of a case.</summary>
public readonly record struct CaseReviewId(Guid Value) : IGuidId<CaseReviewId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static CaseReviewId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static CaseReviewId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
