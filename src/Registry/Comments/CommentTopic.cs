using System.Globalization;
using Governance.Registry.Artifacts;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Versions;

namespace Governance.Registry.Comments;

/// <summary>What kind of thing people talk about.</summary>
public enum CommentKind
{
    /// <summary>A finding of sealed evidence, or the evidence as a whole.</summary>
    Finding,

    /// <summary>One row as a version decided it.</summary>
    Case,

    /// <summary>Two versions on the same rows.</summary>
    Comparison,
}

/// <summary>What a comment is about. Made by the factories here; the key's form is theirs alone.</summary>
public sealed record CommentTopic
{
    /// <summary>The longest key, in UTF-16 code units.</summary>
    public const int MaxKeyLength = 400;

    private CommentTopic(CommentKind kind, ModelVersionId version, string key)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, MaxKeyLength, nameof(key));
        Kind = kind;
        Version = version;
        Key = key;
    }

    /// <summary>The kind of thing.</summary>
    public CommentKind Kind { get; }

    /// <summary>The version whose history shows it; of a comparison the one in question.</summary>
    public ModelVersionId Version { get; }

    /// <summary>Which one of its kind: ids and a row number, never a cell.</summary>
    public string Key { get; }

    /// <summary>The evidence that a finding is of; null for other kinds.</summary>
    public EvidenceId? Evidence => Kind == CommentKind.Finding ? new EvidenceId(Guid.Parse(Parts[0])) : null;

    /// <summary>The finding's id within its evidence; null for other kinds and for the evidence as a whole.</summary>
    public string? Finding => Kind == CommentKind.Finding && Parts.Length > 1 ? Parts[1] : null;

    /// <summary>The row, from 0; null for other kinds.</summary>
    public int? Row => Kind == CommentKind.Case ? int.Parse(Parts[1], CultureInfo.InvariantCulture) : null;

    /// <summary>The version that a comparison sets beside; null for other kinds.</summary>
    public ModelVersionId? First => Kind == CommentKind.Comparison ? new ModelVersionId(Guid.Parse(Parts[0])) : null;

    /// <summary>The file of the data that a case or a comparison is about; null for a finding.</summary>
    public ArtifactDigest? Data => Kind switch
    {
        CommentKind.Case => new ArtifactDigest(Parts[0]),
        CommentKind.Comparison => new ArtifactDigest(Parts[1]),
        _ => null,
    };

    private string[] Parts => Key.Split('/', 2);

    /// <summary>A finding of evidence, or the evidence as a whole.</summary>
    /// <param name="version">The version that was measured.</param>
    /// <param name="evidence">The evidence.</param>
    /// <param name="finding">The finding's id in the document, such as "fairness/impact_ratio/sex"; null for the whole.</param>
    /// <exception cref="ArgumentOutOfRangeException">The id is too long.</exception>
    public static CommentTopic OfEvidence(ModelVersionId version, EvidenceId evidence, string? finding) =>
        new(CommentKind.Finding, version, string.IsNullOrEmpty(finding) ? $"{evidence}" : $"{evidence}/{finding}");

    /// <summary>One row of a data set as a version decided it.</summary>
    /// <param name="version">The version.</param>
    /// <param name="data">The file of the data set.</param>
    /// <param name="row">From 0, in the order of the file.</param>
    /// <exception cref="ArgumentOutOfRangeException">The row is negative.</exception>
    public static CommentTopic OfCase(ModelVersionId version, ArtifactDigest data, int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        return new CommentTopic(CommentKind.Case, version, string.Create(CultureInfo.InvariantCulture, $"{data.Hex}/{row}"));
    }

    /// <summary>Two versions on the same rows.</summary>
    /// <param name="second">The version in question.</param>
    /// <param name="first">The one it is compared with.</param>
    /// <param name="data">The file of the data set.</param>
    public static CommentTopic OfComparison(ModelVersionId second, ModelVersionId first, ArtifactDigest data) =>
        new(CommentKind.Comparison, second, $"{first}/{data.Hex}");

    /// <summary>Reads a topic that a form sent.</summary>
    /// <returns>Null where kind, version and key are none that the factories make.</returns>
    public static CommentTopic? Parse(string? kind, string? version, string? key)
    {
        if (!Guid.TryParse(version, out Guid id) || key is not { Length: > 0 and <= MaxKeyLength })
        {
            return null;
        }

        ModelVersionId of = new(id);
        string[] parts = key.Split('/', 2);
        return kind switch
        {
            nameof(CommentKind.Finding) when Guid.TryParseExact(parts[0], "D", out Guid evidence) =>
                OfEvidence(of, new EvidenceId(evidence), parts.Length > 1 ? parts[1] : null),
            nameof(CommentKind.Case) when parts.Length == 2 && Sha256Hex.Fits(parts[0])
                && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int row) => OfCase(of, new ArtifactDigest(parts[0]), row),
            nameof(CommentKind.Comparison) when parts.Length == 2 && Guid.TryParseExact(parts[0], "D", out Guid first)
                && Sha256Hex.Fits(parts[1]) => OfComparison(of, new ModelVersionId(first), new ArtifactDigest(parts[1])),
            _ => null,
        };
    }

    /// <summary>Whether what is about another topic is read here too: the evidence as a whole shows what was said on its findings.</summary>
    public bool Covers(CommentTopic other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this == other || (Kind == CommentKind.Finding && Finding is null && other.Version == Version && other.Evidence == Evidence);
    }
}
