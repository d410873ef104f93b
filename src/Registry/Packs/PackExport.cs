using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Packs;

/// <summary>That somebody took an evidence pack of a version away, and what was signed for it. Written once.</summary>
public sealed class PackExport : IFact, IAppendOnly
{
    /// <summary>The longest signed note: with the signatures of two keys it has under 400 characters.</summary>
    public const int MaxNoteLength = 2_000;

    /// <summary>Notes an export.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="version">Of which version.</param>
    /// <param name="manifest">SHA-256 of the pack's manifest, which names every file in it.</param>
    /// <param name="note">The signed note over it.</param>
    /// <param name="by">Who took it.</param>
    /// <param name="at">UTC, to the microsecond.</param>
    /// <exception cref="ArgumentException">The note is blank or too long.</exception>
    public PackExport(PackExportId id, ModelVersionId version, FactDigest manifest, string note, UserId by, DateTimeOffset at)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(note);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(note.Length, MaxNoteLength, nameof(note));
        Id = id;
        Version = version;
        Manifest = manifest;
        Note = note;
        By = by;
        At = at;
    }

    public PackExportId Id { get; private init; }

    public ModelVersionId Version { get; private init; }

    public FactDigest Manifest { get; private init; }

    /// <summary>Kept, because an ECDSA signature is another one each time: the same state gives the same pack.</summary>
    public string Note { get; private init; }

    public UserId By { get; private init; }

    public DateTimeOffset At { get; private init; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.Pack, Id.ToString());

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["version"] = Version.ToString(),
        ["manifest"] = Manifest.Hex,
        ["note"] = Note,
        ["by"] = By.ToString(),
        ["at"] = Microseconds.Iso(At),
    };
}

/// <summary>The id of an export.</summary>
/// <param name="Value">A UUID of version 7.</param>
public readonly record struct PackExportId(Guid Value) : IGuidId<PackExportId>
{
    /// <summary>A new one.</summary>
    public static PackExportId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static PackExportId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

internal sealed class PackExportMapping : IEntityTypeConfiguration<PackExport>
{
    public void Configure(EntityTypeBuilder<PackExport> builder)
    {
        builder.ToTable("PackExports");
        builder.HasKey(export => export.Id);
        builder.Property(export => export.Id).ValueGeneratedNever();
        builder.Ignore(export => export.Subject);
        builder.Property(export => export.Note).HasMaxLength(PackExport.MaxNoteLength);
        builder.HasIndex(export => new { export.Version, export.Manifest });
        builder.HasOne<ModelVersion>().WithMany().HasForeignKey(export => export.Version).OnDelete(DeleteBehavior.Restrict);
    }
}
