using Governance.Registry.Storage;

namespace Governance.Registry.Annotations;

/// <summary>Which annotation.</summary>
public readonly record struct AnnotationId(Guid Value) : IGuidId<AnnotationId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static AnnotationId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static AnnotationId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
