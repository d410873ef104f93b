using Governance.Registry.Storage;

namespace Governance.Registry.Access;

/// <summary>Which grant.</summary>
public readonly record struct ModelGrantId(Guid Value) : IGuidId<ModelGrantId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static ModelGrantId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static ModelGrantId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
