using Governance.Registry.Storage;

namespace Governance.Registry.Evidence;

/// <summary>Which run of an audit.</summary>
public readonly record struct AuditRunId(Guid Value) : IGuidId<AuditRunId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static AuditRunId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static AuditRunId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
