using Governance.Registry.Storage;

namespace Governance.Registry.Tokens;

/// <summary>Which token; not secret, and no part of the token itself.</summary>
public readonly record struct ApiTokenId(Guid Value) : IGuidId<ApiTokenId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static ApiTokenId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static ApiTokenId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
