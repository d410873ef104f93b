using Governance.Registry.Storage;

namespace Governance.Registry.SignOffs;

/// <summary>Which sign-off.</summary>
public readonly record struct SignOffId(Guid Value) : IGuidId<SignOffId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static SignOffId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static SignOffId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
