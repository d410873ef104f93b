using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;

namespace Governance.Registry.Retention;

/// <summary>Which erasure.</summary>
public readonly record struct ErasureId(Guid Value) : IGuidId<ErasureId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static ErasureId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static ErasureId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>
/// That an artefact's file and its wrapped key were destroyed because its time was over. Its record, its digest and what
/// the ledger says of it stay.
/// </summary>
public sealed class Erasure : IFact
{
    /// <summary>The longest cause, in UTF-16 code units.</summary>
    public const int MaxCauseLength = 300;

    /// <summary>Records an erasure, before the file goes.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="artifact">What was erased.</param>
    /// <param name="kind">Of a model or a data set.</param>
    /// <param name="item">The model's or data set's id.</param>
    /// <param name="cause">Why, in our words: the class, and since when it was retired.</param>
    /// <param name="erasedBy">Who ran the erasing; null for the system.</param>
    /// <param name="erasedAt">UTC, to the microsecond.</param>
    public Erasure(
        ErasureId id, ArtifactDigest artifact, RetainedKind kind, Guid item, string cause, UserId? erasedBy,
        DateTimeOffset erasedAt)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(cause);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cause.Length, MaxCauseLength, nameof(cause));
        Id = id;
        Artifact = artifact;
        Kind = kind;
        Item = item;
        Cause = cause;
        ErasedBy = erasedBy;
        ErasedAt = erasedAt;
    }

    public ErasureId Id { get; private init; }

    public ArtifactDigest Artifact { get; private init; }

    public RetainedKind Kind { get; private init; }

    public Guid Item { get; private init; }

    public string Cause { get; private init; }

    public UserId? ErasedBy { get; private init; }

    public DateTimeOffset ErasedAt { get; private init; }

    /// <summary>When the same bytes were registered anew; null while the artefact is gone.</summary>
    public DateTimeOffset? StoredAgainAt { get; private set; }

    /// <summary>Counts the changes of the row: the concurrency token.</summary>
    public int Revision { get; private set; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.Erasure, Id.ToString());

    /// <summary>Notes that the same bytes are in the store again.</summary>
    internal void StoreAgain(DateTimeOffset at)
    {
        StoredAgainAt = StoredAgainAt is null ? at : throw new InvalidOperationException("It was stored again already.");
        Revision++;
    }

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["artifact"] = Artifact.Hex,
        ["kind"] = Kind.ToString(),
        ["item"] = Item.ToString(),
        ["cause"] = Cause,
        ["erasedBy"] = ErasedBy?.ToString(),
        ["erasedAt"] = Microseconds.Iso(ErasedAt),
        ["storedAgainAt"] = StoredAgainAt is DateTimeOffset at ? Microseconds.Iso(at) : null,
    };
}
