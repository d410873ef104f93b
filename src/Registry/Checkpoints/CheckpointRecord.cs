using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Checkpoints;

/// <summary>A signed checkpoint as it is stored: written once. No fact with a leaf: it speaks of the leaves, and is signed.</summary>
public sealed class CheckpointRecord : IAppendOnly
{
    /// <summary>The longest note: a checkpoint with the signatures of two keys has under 600 characters.</summary>
    public const int MaxNoteLength = 4_000;

    /// <summary>Keeps a checkpoint.</summary>
    public CheckpointRecord(long size, FactDigest root, DateTimeOffset at, string note)
    {
        Size = size;
        Root = root;
        At = at;
        Note = note;
    }

    /// <summary>How many entries it covers; at most one checkpoint a size.</summary>
    public long Size { get; private init; }

    /// <summary>The Merkle root over them.</summary>
    public FactDigest Root { get; private init; }

    public DateTimeOffset At { get; private init; }

    /// <summary>The signed note; the truth of this row.</summary>
    public string Note { get; private init; }

    /// <summary>As the rest of the program knows it.</summary>
    public SignedCheckpoint Read() => new(Size, Convert.FromHexString(Root.Hex), At, Note);
}

internal sealed class CheckpointRecordMapping : IEntityTypeConfiguration<CheckpointRecord>
{
    public void Configure(EntityTypeBuilder<CheckpointRecord> builder)
    {
        builder.ToTable("Checkpoints");
        builder.HasKey(checkpoint => checkpoint.Size);
        builder.Property(checkpoint => checkpoint.Size).ValueGeneratedNever();
        builder.Property(checkpoint => checkpoint.Note).HasMaxLength(CheckpointRecord.MaxNoteLength);
    }
}
