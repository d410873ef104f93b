using Governance.Registry.Storage;

namespace Governance.Registry.Register;

/// <summary>Which finding of the register.</summary>
public readonly record struct RegisterFindingId(Guid Value) : IGuidId<RegisterFindingId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static RegisterFindingId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static RegisterFindingId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
