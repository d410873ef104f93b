using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.SignOffs;

/// <summary>What a reviewer says of one decision of the model on one row: agrees or disagrees. Written once.</summary>
public sealed class CaseReview : IFact, IAppendOnly
{
    /// <summary>The longest name of a stratum or of a decision, in UTF-16 code units.</summary>
    public const int MaxWordLength = 200;

    /// <summary>The stratum of a case that the reviewer chose: it does not count among those that the sign-off asks for.</summary>
    public const string OwnChoice = "chosen by the reviewer";

    /// <summary>Puts it on record.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="version">Which version decided.</param>
    /// <param name="round">The round of submission, from 1.</param>
    /// <param name="data">The data set that the row is of, by its bytes.</param>
    /// <param name="row">Which row, from 0.</param>
    /// <param name="stratum">Why this row was chosen, such as "near the threshold".</param>
    /// <param name="decision">What the model decided.</param>
    /// <param name="agrees">Whether the reviewer agrees.</param>
    /// <param name="note">The digest of a <see cref="PersonalText"/>; null for none.</param>
    /// <param name="by">Who.</param>
    /// <param name="at">UTC, to the microsecond.</param>
    /// <exception cref="ArgumentException">A word is blank or too long, the row negative, the round below 1.</exception>
    public CaseReview(
        CaseReviewId id, ModelVersionId version, int round, ArtifactDigest data, int row, string stratum, string decision,
        bool agrees, FactDigest? note, UserId by, DateTimeOffset at)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(round, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentException.ThrowIfNullOrWhiteSpace(stratum);
        ArgumentException.ThrowIfNullOrWhiteSpace(decision);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(stratum.Length, MaxWordLength, nameof(stratum));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decision.Length, MaxWordLength, nameof(decision));
        Id = id;
        Version = version;
        Round = round;
        Data = data;
        Row = row;
        Stratum = stratum;
        Decision = decision;
        Agrees = agrees;
        Note = note;
        By = by;
        At = at;
    }

    public CaseReviewId Id { get; private init; }

    public ModelVersionId Version { get; private init; }

    public int Round { get; private init; }

    public ArtifactDigest Data { get; private init; }

    /// <summary>From 0, in the order of the file.</summary>
    public int Row { get; private init; }

    public string Stratum { get; private init; }

    public string Decision { get; private init; }

    public bool Agrees { get; private init; }

    public FactDigest? Note { get; private init; }

    public UserId By { get; private init; }

    public DateTimeOffset At { get; private init; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.CaseReview, Id.ToString());

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["version"] = Version.ToString(),
        ["round"] = Round,
        ["data"] = Data.Hex,
        ["row"] = Row,
        ["stratum"] = Stratum,
        ["decision"] = Decision,
        ["agrees"] = Agrees,
        ["note"] = Note?.Hex,
        ["by"] = By.ToString(),
        ["at"] = Microseconds.Iso(At),
    };
}

internal sealed class CaseReviewMapping : IEntityTypeConfiguration<CaseReview>
{
    public void Configure(EntityTypeBuilder<CaseReview> builder)
    {
        builder.ToTable("CaseReviews");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Ignore(row => row.Subject);
        builder.Property(row => row.Stratum).HasMaxLength(CaseReview.MaxWordLength);
        builder.Property(row => row.Decision).HasMaxLength(CaseReview.MaxWordLength);
        builder.HasIndex(row => new { row.Version, row.Round, row.By, row.Data, row.Row }).IsUnique();
        builder.HasOne<ModelVersion>().WithMany().HasForeignKey(row => row.Version).OnDelete(DeleteBehavior.Restrict);
    }
}
