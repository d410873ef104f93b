using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;

namespace Governance.Registry.Versions;

/// <summary>One version of a model. What it is never changes (a trigger holds it); where it stands does.</summary>
public sealed class ModelVersion : IFact
{
    /// <summary>The longest note, in UTF-16 code units.</summary>
    public const int MaxNoteLength = 1_000;

    /// <summary>Puts a version on record, as a draft.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="model">Of which model.</param>
    /// <param name="number">From 1, per model.</param>
    /// <param name="digest">See <see cref="VersionDigest"/>.</param>
    /// <param name="artifact">The model file in the store.</param>
    /// <param name="encoding">The encoding in the store, canonical JSON; null where columns are taken as they are.</param>
    /// <param name="note">What is new in it; null for none. Not personal.</param>
    /// <param name="author">Who built it.</param>
    /// <param name="registeredAt">UTC, to the microsecond.</param>
    /// <exception cref="ArgumentException">The number is below 1 or the note too long.</exception>
    public ModelVersion(
        ModelVersionId id, ModelId model, int number, FactDigest digest, ArtifactDigest artifact,
        ArtifactDigest? encoding, string? note, UserId author, DateTimeOffset registeredAt)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(note?.Length ?? 0, MaxNoteLength, nameof(note));
        Id = id;
        Model = model;
        Number = number;
        Digest = digest;
        Artifact = artifact;
        Encoding = encoding;
        Note = note;
        Author = author;
        RegisteredAt = registeredAt;
    }

    public ModelVersionId Id { get; private init; }

    public ModelId Model { get; private init; }

    /// <summary>From 1, per model.</summary>
    public int Number { get; private init; }

    /// <summary>What the version is: artefact, encoding and parents. Unique within its model.</summary>
    public FactDigest Digest { get; private init; }

    public ArtifactDigest Artifact { get; private init; }

    /// <summary>Canonical JSON in the store; null where columns are taken as they are.</summary>
    public ArtifactDigest? Encoding { get; private init; }

    public string? Note { get; private init; }

    public UserId Author { get; private init; }

    public DateTimeOffset RegisteredAt { get; private init; }

    public Stage Stage { get; private set; } = Stage.Draft;

    /// <summary>How often it was submitted; 0 for a fresh draft. Sign-offs count in the round they were given in.</summary>
    public int Round { get; private set; }

    /// <summary>Who submitted it last; null before the first time.</summary>
    public UserId? SubmittedBy { get; private set; }

    /// <summary>Counts the changes of the row: the concurrency token.</summary>
    public int Revision { get; private set; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.Version, Id.ToString());

    /// <summary>Moves it; whoever calls asked <see cref="StagePolicy"/> before.</summary>
    internal void MoveTo(Stage stage, UserId? by)
    {
        if (stage == Stage.InReview)
        {
            Round++;
            SubmittedBy = by;
        }

        Stage = stage;
        Revision++;
    }

    /// <summary>Marks that something it hangs on changed (a first of two approvals), so that racing writers collide.</summary>
    internal void Touch() => Revision++;

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["model"] = Model.ToString(),
        ["number"] = Number,
        ["digest"] = Digest.Hex,
        ["artifact"] = Artifact.Hex,
        ["encoding"] = Encoding?.Hex,
        ["note"] = Note,
        ["author"] = Author.ToString(),
        ["registeredAt"] = Microseconds.Iso(RegisteredAt),
    };
}
