using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.SignOffs;

/// <summary>What a person states on a line of the checklist that nobody can measure. Written once; a later one on the same line counts in its place.</summary>
public sealed class Attestation : IFact, IAppendOnly
{
    /// <summary>The longest id of a line, in UTF-16 code units.</summary>
    public const int MaxLineLength = 64;

    /// <summary>Puts a statement on record.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="version">On which version.</param>
    /// <param name="round">The version's round at that time, from 0.</param>
    /// <param name="line">The id of the checklist's line.</param>
    /// <param name="text">The digest of a <see cref="PersonalText"/>.</param>
    /// <param name="by">Who states it.</param>
    /// <param name="at">UTC, to the microsecond.</param>
    /// <exception cref="ArgumentException">The line is blank or too long.</exception>
    public Attestation(
        AttestationId id, ModelVersionId version, int round, string line, FactDigest text, UserId by, DateTimeOffset at)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(line);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(line.Length, MaxLineLength, nameof(line));
        ArgumentOutOfRangeException.ThrowIfNegative(round);
        Id = id;
        Version = version;
        Round = round;
        Line = line;
        Text = text;
        By = by;
        At = at;
    }

    public AttestationId Id { get; private init; }

    public ModelVersionId Version { get; private init; }

    public int Round { get; private init; }

    public string Line { get; private init; }

    public FactDigest Text { get; private init; }

    public UserId By { get; private init; }

    public DateTimeOffset At { get; private init; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.Attestation, Id.ToString());

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["version"] = Version.ToString(),
        ["round"] = Round,
        ["line"] = Line,
        ["text"] = Text.Hex,
        ["by"] = By.ToString(),
        ["at"] = Microseconds.Iso(At),
    };
}

internal sealed class AttestationMapping : IEntityTypeConfiguration<Attestation>
{
    public void Configure(EntityTypeBuilder<Attestation> builder)
    {
        builder.ToTable("Attestations");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Ignore(row => row.Subject);
        builder.Property(row => row.Line).HasMaxLength(Attestation.MaxLineLength);
        builder.HasIndex(row => new { row.Version, row.Line, row.At });
        builder.HasOne<ModelVersion>().WithMany().HasForeignKey(row => row.Version).OnDelete(DeleteBehavior.Restrict);
    }
}
