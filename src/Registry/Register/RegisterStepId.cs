using Governance.Registry.Storage;

namespace Governance.Registry.Register;

/// <summary>Which step on a finding of the register.</summary>
public readonly record struct RegisterStepId(Guid Value) : IGuidId<RegisterStepId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static RegisterStepId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static RegisterStepId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
