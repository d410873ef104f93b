using Governance.Registry.Storage;

namespace Governance.Registry.BreakGlass;

/// <summary>Which break-glass request.</summary>
public readonly record struct BreakGlassId(Guid Value) : IGuidId<BreakGlassId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static BreakGlassId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static BreakGlassId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
