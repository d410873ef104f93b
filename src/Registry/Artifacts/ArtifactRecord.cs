using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;

namespace Governance.Registry.Artifacts;

/// <summary>What an artefact is used as.</summary>
public enum ArtifactKind
{
    Model,
    Encoding,
    Dataset,
    Findings,
    RunRecord,

    /// <summary>A publisher's detached signature.</summary>
    Signature,

    /// <summary>Secret probe rows of a version.</summary>
    Probes,

    /// <summary>What was found in a model file before it was registered.</summary>
    Inspection,

    /// <summary>The key of the digests that stand for rows and persons.</summary>
    PrivacyKey,

    /// <summary>What a decision covers and says, signed by the installation.</summary>
    Dossier,

    /// <summary>Rows of traffic, or what was counted from them; such a file has no record of its own.</summary>
    Traffic,
}

/// <summary>That an artefact is in the store. The same bytes twice are one record. Written once.</summary>
public sealed class ArtifactRecord : IFact, IAppendOnly
{
    /// <summary>Records an artefact.</summary>
    /// <param name="digest">SHA-256 of its bytes in the clear.</param>
    /// <param name="length">In bytes, in the clear.</param>
    /// <param name="kind">What it was first stored as.</param>
    /// <param name="storedBy">Who stored it; null for the system.</param>
    /// <param name="storedAt">UTC, to the microsecond.</param>
    public ArtifactRecord(ArtifactDigest digest, long length, ArtifactKind kind, UserId? storedBy, DateTimeOffset storedAt)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Digest = digest;
        Length = length;
        Kind = kind;
        StoredBy = storedBy;
        StoredAt = storedAt;
    }

    public ArtifactDigest Digest { get; private init; }

    public long Length { get; private init; }

    public ArtifactKind Kind { get; private init; }

    public UserId? StoredBy { get; private init; }

    public DateTimeOffset StoredAt { get; private init; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.Artifact, Digest.Hex);

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["length"] = Length,
        ["kind"] = Kind.ToString(),
        ["storedBy"] = StoredBy?.ToString(),
        ["storedAt"] = Microseconds.Iso(StoredAt),
    };
}
