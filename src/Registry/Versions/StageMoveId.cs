using Governance.Registry.Storage;

namespace Governance.Registry.Versions;

/// <summary>Which move between stages.</summary>
public readonly record struct StageMoveId(Guid Value) : IGuidId<StageMoveId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static StageMoveId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static StageMoveId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
