using Governance.Registry.Storage;

namespace Governance.Registry.Evidence;

/// <summary>Which sealed evidence.</summary>
public readonly record struct EvidenceId(Guid Value) : IGuidId<EvidenceId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static EvidenceId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static EvidenceId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
