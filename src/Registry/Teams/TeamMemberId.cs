using Governance.Registry.Storage;

namespace Governance.Registry.Teams;

/// <summary>Which membership: one person in one team for one time.</summary>
public readonly record struct TeamMemberId(Guid Value) : IGuidId<TeamMemberId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static TeamMemberId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static TeamMemberId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
