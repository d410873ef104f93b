using Governance.Registry.Storage;

namespace Governance.Registry.Versions;

/// <summary>Which version of a model.</summary>
public readonly record struct ModelVersionId(Guid Value) : IGuidId<ModelVersionId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static ModelVersionId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static ModelVersionId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
