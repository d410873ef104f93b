using Governance.Registry.Storage;

namespace Governance.Registry.Serving;

/// <summary>Which choice of how a version is served.</summary>
public readonly record struct ServingChoiceId(Guid Value) : IGuidId<ServingChoiceId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static ServingChoiceId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static ServingChoiceId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
