using Governance.Registry.Storage;

namespace Governance.Registry.Policies;

/// <summary>Which registered policy pack.</summary>
public readonly record struct RegisteredPackId(Guid Value) : IGuidId<RegisteredPackId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static RegisteredPackId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static RegisteredPackId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Which adoption of a policy pack.</summary>
public readonly record struct PolicyAdoptionId(Guid Value) : IGuidId<PolicyAdoptionId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static PolicyAdoptionId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static PolicyAdoptionId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
