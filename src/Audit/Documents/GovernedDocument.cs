namespace Governance.Audit.Documents;

/// <summary>What a document is for.</summary>
public enum DocumentKind
{
    /// <summary>What the model is for, how it was measured, what is known of it.</summary>
    ModelCard,

    /// <summary>Every finding with its limit and verdict, and who stood for it.</summary>
    Validation,

    /// <summary>The technical documentation of Annex IV of the EU AI Act.</summary>
    AnnexIv,

    /// <summary>The summary of a bias audit after New York City's Local Law 144.</summary>
    Ll144,
}

/// <summary>A view of sealed evidence as a document: the same evidence gives the same document.</summary>
/// <remarks>It holds no clock. Every number names the evidence it stands in and where; nothing is computed for it.</remarks>
public sealed record GovernedDocument
{
    /// <summary>The schema's name and number.</summary>
    public string Schema { get; init; } = "governance/document/1";

    /// <summary>What it is for.</summary>
    public required DocumentKind Kind { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>The version that it is of, such as "hmda v3".</summary>
    public required string Subject { get; init; }

    /// <summary>What it is by: the rule or text that asks for such a document.</summary>
    public required string Citation { get; init; }

    /// <summary>The parts in order.</summary>
    public required IReadOnlyList<DocumentSection> Sections { get; init; }

    /// <summary>The evidence that numbers name.</summary>
    public required IReadOnlyList<DocumentEvidence> Evidence { get; init; }

    /// <summary>Where the ledger stood; null where no checkpoint covers this version yet.</summary>
    public CheckpointStamp? Ledger { get; init; }

    /// <summary>How many places a person still has to fill.</summary>
    public int Missing => Sections.Sum(section => section.Blocks.Count(block => block is MissingBlock));
}

/// <summary>One part of a document.</summary>
/// <param name="Id">A short name, unique in the document.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Level">1 for a chapter, 2 for a part of one.</param>
/// <param name="Blocks">What stands in it.</param>
public sealed record DocumentSection(string Id, string Title, int Level, IReadOnlyList<DocumentBlock> Blocks);

/// <summary>Sealed evidence as documents name it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Digest">SHA-256 of the findings document, lower-case hex.</param>
/// <param name="SealedAt">UTC.</param>
public sealed record DocumentEvidence(Guid Id, string Title, string Digest, DateTimeOffset SealedAt);

/// <summary>The ledger's state that a document is printed with.</summary>
/// <param name="Size">The number of entries.</param>
/// <param name="Root">The Merkle root, lower-case hex.</param>
/// <param name="At">When it was signed, UTC.</param>
public sealed record CheckpointStamp(long Size, string Root, DateTimeOffset At);
