using Governance.Registry.Storage;

namespace Governance.Registry.Models;

/// <summary>Which model.</summary>
public readonly record struct ModelId(Guid Value) : IGuidId<ModelId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static ModelId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static ModelId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
