using Governance.Registry.Deployments;
using Governance.Registry.Ledger;

namespace Governance.Registry.Traffic;

/// <summary>Which half of an answered call an event told of.</summary>
public enum TrafficHalfPart
{
    Request,
    Response,
}

/// <summary>A request without its response yet, or the other way round. Operational and no fact; it goes once both are there.</summary>
public sealed class TrafficHalf
{
    /// <summary>The most days that a half waits for the other.</summary>
    public const int KeptDays = 7;

    /// <summary>Notes a half.</summary>
    /// <param name="deployment">Of which deployment.</param>
    /// <param name="key">The digest of the event's id.</param>
    /// <param name="part">Which half.</param>
    /// <param name="digest">SHA-256 of the payload in the clear.</param>
    /// <param name="payload">Encrypted as artefacts are.</param>
    /// <param name="receivedAt">UTC, to the microsecond.</param>
    public TrafficHalf(
        DeploymentId deployment, FactDigest key, TrafficHalfPart part, FactDigest digest, byte[] payload, DateTimeOffset receivedAt)
    {
        Deployment = deployment;
        Key = key;
        Part = part;
        Digest = digest;
        Payload = payload;
        ReceivedAt = receivedAt;
    }

    public DeploymentId Deployment { get; private init; }

    public FactDigest Key { get; private init; }

    public TrafficHalfPart Part { get; private init; }

    public FactDigest Digest { get; private init; }

    public byte[] Payload { get; private init; }

    public DateTimeOffset ReceivedAt { get; private init; }
}
