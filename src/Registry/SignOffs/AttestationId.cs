using Governance.Registry.Storage;

namespace Governance.Registry.SignOffs;

/// <summary>Which attestation.</summary>
public readonly record struct AttestationId(Guid Value) : IGuidId<AttestationId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static AttestationId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static AttestationId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
