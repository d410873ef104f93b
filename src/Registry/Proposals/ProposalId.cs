using Governance.Registry.Storage;

namespace Governance.Registry.Proposals;

/// <summary>Which proposal.</summary>
public readonly record struct ProposalId(Guid Value) : IGuidId<ProposalId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static ProposalId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static ProposalId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
