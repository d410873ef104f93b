using Governance.Registry.Storage;

namespace Governance.Registry.Teams;

/// <summary>Which team.</summary>
public readonly record struct TeamId(Guid Value) : IGuidId<TeamId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static TeamId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static TeamId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
