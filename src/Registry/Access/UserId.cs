using Governance.Registry.Storage;

namespace Governance.Registry.Access;

/// <summary>Which person; the id of their account.</summary>
public readonly record struct UserId(Guid Value) : IGuidId<UserId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static UserId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static UserId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
