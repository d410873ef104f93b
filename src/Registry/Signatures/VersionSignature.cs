using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Versions;

namespace Governance.Registry.Signatures;

/// <summary>Which signature.</summary>
public readonly record struct VersionSignatureId(Guid Value) : IGuidId<VersionSignatureId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static VersionSignatureId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static VersionSignatureId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>A publisher's signature that came with a version, as it was judged then. Written once.</summary>
public sealed class VersionSignature : IFact, IAppendOnly
{
    /// <summary>The longest name of a file in a statement that is kept.</summary>
    public const int MaxPathLength = 300;

    /// <summary>Records a signature.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="version">Of which version.</param>
    /// <param name="bundle">The signature file in the store: evidence that can be verified again by any tool.</param>
    /// <param name="key">The trusted key that made it; null where nobody here knew the key.</param>
    /// <param name="hint">The fingerprint that it names; null where it names none.</param>
    /// <param name="path">The file's name for the publisher.</param>
    /// <param name="recordedBy">Who brought it.</param>
    /// <param name="recordedAt">UTC, to the microsecond.</param>
    public VersionSignature(
        VersionSignatureId id, ModelVersionId version, ArtifactDigest bundle, PublisherKeyId? key, string? hint, string path,
        UserId? recordedBy, DateTimeOffset recordedAt)
    {
        ArgumentNullException.ThrowIfNull(path);
        Id = id;
        Version = version;
        Bundle = bundle;
        Key = key;
        Hint = hint is null ? null : Cut(hint);
        Path = Cut(path);
        RecordedBy = recordedBy;
        RecordedAt = recordedAt;
    }

    public VersionSignatureId Id { get; private init; }

    public ModelVersionId Version { get; private init; }

    public ArtifactDigest Bundle { get; private init; }

    public PublisherKeyId? Key { get; private init; }

    public string? Hint { get; private init; }

    public string Path { get; private init; }

    public UserId? RecordedBy { get; private init; }

    public DateTimeOffset RecordedAt { get; private init; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.Signature, Id.ToString());

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["version"] = Version.ToString(),
        ["bundle"] = Bundle.Hex,
        ["key"] = Key?.ToString(),
        ["hint"] = Hint,
        ["path"] = Path,
        ["recordedBy"] = RecordedBy?.ToString(),
        ["recordedAt"] = Microseconds.Iso(RecordedAt),
    };

    private static string Cut(string text) => text.Length <= MaxPathLength ? text : text[..MaxPathLength];
}
