using Governance.Registry.Deployments;
using Governance.Registry.Ledger;

namespace Governance.Registry.Traffic;

/// <summary>That a batch was accepted, so that the same batch sent again counts once. Operational and no fact.</summary>
public sealed class AcceptedBatch
{
    /// <summary>Notes a batch.</summary>
    /// <param name="deployment">Of which deployment.</param>
    /// <param name="kind">Rows or labels.</param>
    /// <param name="key">The digest of the key that the sender gave it.</param>
    /// <param name="content">The digest of what it held.</param>
    /// <param name="rows">Rows or labels that counted.</param>
    /// <param name="repeated">Rows or labels that were there already, with the same content.</param>
    /// <param name="conflicts">Rows whose id was there with another content; of labels, corrections.</param>
    /// <param name="acceptedAt">UTC, to the microsecond.</param>
    public AcceptedBatch(
        DeploymentId deployment, TrafficKind kind, FactDigest key, FactDigest content, int rows, int repeated, int conflicts,
        DateTimeOffset acceptedAt)
    {
        Deployment = deployment;
        Kind = kind;
        Key = key;
        Content = content;
        Rows = rows;
        Repeated = repeated;
        Conflicts = conflicts;
        AcceptedAt = acceptedAt;
    }

    public DeploymentId Deployment { get; private init; }

    public TrafficKind Kind { get; private init; }

    public FactDigest Key { get; private init; }

    public FactDigest Content { get; private init; }

    public int Rows { get; private init; }

    public int Repeated { get; private init; }

    public int Conflicts { get; private init; }

    public DateTimeOffset AcceptedAt { get; private init; }
}
