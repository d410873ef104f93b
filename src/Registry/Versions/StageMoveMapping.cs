using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Versions;

internal sealed class StageMoveMapping : IEntityTypeConfiguration<StageMove>
{
    public void Configure(EntityTypeBuilder<StageMove> builder)
    {
        builder.HasKey(move => move.Id);
        builder.Property(move => move.Id).ValueGeneratedNever();
        builder.Ignore(move => move.Subject);
        builder.Property(move => move.Cause).HasMaxLength(StageMove.MaxCauseLength);
        builder.HasIndex(move => new { move.Version, move.Number }).IsUnique();
        builder.HasOne<ModelVersion>().WithMany().HasForeignKey(move => move.Version).OnDelete(DeleteBehavior.Restrict);
    }
}
