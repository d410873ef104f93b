using Governance.Registry.Models;
using Governance.Registry.Policies;

namespace Governance.Audit.Documents;

/// <summary>Everything that documents of a version are written from, read from the registry beforehand.</summary>
public sealed record DocumentSource
{
    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>What people call the model.</summary>
    public required string ModelTitle { get; init; }

    /// <summary>What it is for, in its owner's words.</summary>
    public required string Purpose { get; init; }

    /// <summary>Its tier.</summary>
    public required RiskTier Tier { get; init; }

    /// <summary>The version's number.</summary>
    public required int Number { get; init; }

    /// <summary>What is new in the version, in its author's words; may be empty.</summary>
    public string Note { get; init; } = "";

    /// <summary>The owner's name.</summary>
    public required string Owner { get; init; }

    /// <summary>The author's name.</summary>
    public required string Author { get; init; }

    /// <summary>When the version was registered, UTC.</summary>
    public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>Where it stands, in words.</summary>
    public required string Stage { get; init; }

    /// <summary>The version's digest, lower-case hex.</summary>
    public required string VersionDigest { get; init; }

    /// <summary>The model file's digest, lower-case hex.</summary>
    public required string ArtifactDigest { get; init; }

    /// <summary>The encoding's digest, lower-case hex; null without one.</summary>
    public string? EncodingDigest { get; init; }

    /// <summary>The root over all evidence, lower-case hex.</summary>
    public required string EvidenceRoot { get; init; }

    /// <summary>What it came from, such as "hmda v1 (fine-tuned)".</summary>
    public IReadOnlyList<string> Parents { get; init; } = [];

    /// <summary>Sealed evidence with findings, the newest first.</summary>
    public required IReadOnlyList<CitedEvidence> Evidence { get; init; }

    /// <summary>The packs that count.</summary>
    public required PolicyInForce Policy { get; init; }

    /// <summary>Reviews and decisions, the oldest first.</summary>
    public IReadOnlyList<SignedStatement> SignOffs { get; init; } = [];

    /// <summary>What people attested, by the checklist's line; the latest of each.</summary>
    public IReadOnlyDictionary<string, WrittenBlock> Attestations { get; init; } = new Dictionary<string, WrittenBlock>();

    /// <summary>Moves of the version in order, such as "15 Nov 2026: in review, by Dev".</summary>
    public IReadOnlyList<string> Moves { get; init; } = [];

    /// <summary>From which day on it is or was used for decisions, from its deployments; null where none is on record.</summary>
    public DateOnly? DistributedAt { get; init; }

    /// <summary>Where the ledger stood; null where no checkpoint covers this version yet.</summary>
    public CheckpointStamp? Ledger { get; init; }

    /// <summary>Such as "hmda v3".</summary>
    public string Name => $"{Model} v{Number}";
}

/// <summary>A review or a decision.</summary>
/// <param name="Said">Such as "approved".</param>
/// <param name="By">The signer's name.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Rationale">Their words; null where they were erased.</param>
/// <param name="Conditions">The conditions; null for none.</param>
public sealed record SignedStatement(string Said, string By, DateTimeOffset At, string? Rationale, string? Conditions);
