using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Checkpoints;

/// <summary>That a checkpoint was kept outside the database, and where: written once. An operational row, no fact: the proof is the copy itself.</summary>
public sealed class CheckpointCopy : IAppendOnly
{
    /// <summary>The longest name of a place, and the longest answer of a witness.</summary>
    public const int MaxPlaceLength = 300, MaxReceiptLength = 8_000;

    /// <summary>Notes a copy.</summary>
    /// <param name="size">Which checkpoint.</param>
    /// <param name="place">Where it is kept, such as <c>file</c> or <c>witness https://…</c>.</param>
    /// <param name="at">When, UTC, to the microsecond.</param>
    /// <param name="receipt">What a witness signed; null elsewhere.</param>
    public CheckpointCopy(long size, string place, DateTimeOffset at, string? receipt)
    {
        Size = size;
        Place = place;
        At = at;
        Receipt = receipt;
    }

    public long Size { get; private init; }

    public string Place { get; private init; }

    public DateTimeOffset At { get; private init; }

    public string? Receipt { get; private init; }
}

/// <summary>How a place stands that copies could not be brought to: an operational row that changes, gone with the first success.</summary>
public sealed class CopyFailure
{
    /// <summary>The longest sentence.</summary>
    public const int MaxSentenceLength = 500;

    /// <summary>The first failure.</summary>
    public CopyFailure(string place, DateTimeOffset since)
    {
        Place = place;
        Since = since;
    }

    public string Place { get; private init; }

    /// <summary>When the first try failed after the last success.</summary>
    public DateTimeOffset Since { get; private init; }

    /// <summary>When the last one failed.</summary>
    public DateTimeOffset LastAt { get; set; }

    /// <summary>How often in a row.</summary>
    public int Tries { get; set; }

    /// <summary>What went wrong, in a sentence.</summary>
    public string Sentence { get; set; } = "";
}

internal sealed class CheckpointCopyMapping : IEntityTypeConfiguration<CheckpointCopy>, IEntityTypeConfiguration<CopyFailure>
{
    public void Configure(EntityTypeBuilder<CheckpointCopy> builder)
    {
        builder.ToTable("CheckpointCopies");
        builder.HasKey(copy => new { copy.Place, copy.Size });
        builder.Property(copy => copy.Place).HasMaxLength(CheckpointCopy.MaxPlaceLength);
        builder.Property(copy => copy.Receipt).HasMaxLength(CheckpointCopy.MaxReceiptLength);
        builder.HasOne<CheckpointRecord>().WithMany().HasForeignKey(copy => copy.Size).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<CopyFailure> builder)
    {
        builder.ToTable("CopyFailures");
        builder.HasKey(failure => failure.Place);
        builder.Property(failure => failure.Place).HasMaxLength(CheckpointCopy.MaxPlaceLength);
        builder.Property(failure => failure.Sentence).HasMaxLength(CopyFailure.MaxSentenceLength);
    }
}
