using Governance.Registry.Artifacts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Retention;

internal sealed class LegalHoldMapping : IEntityTypeConfiguration<LegalHold>
{
    public void Configure(EntityTypeBuilder<LegalHold> builder)
    {
        builder.HasKey(hold => hold.Id);
        builder.Property(hold => hold.Id).ValueGeneratedNever();
        builder.Ignore(hold => hold.Subject);
        builder.Property(hold => hold.Revision).IsConcurrencyToken();
        builder.HasIndex(hold => new { hold.Kind, hold.Item });
    }
}

internal sealed class RetentionChoiceMapping : IEntityTypeConfiguration<RetentionChoice>
{
    public void Configure(EntityTypeBuilder<RetentionChoice> builder)
    {
        builder.HasKey(choice => choice.Id);
        builder.Property(choice => choice.Id).ValueGeneratedNever();
        builder.Ignore(choice => choice.Subject);
        builder.Property(choice => choice.Class).HasMaxLength(RetentionChoice.MaxClassLength);
        builder.HasIndex(choice => new { choice.Kind, choice.Item });
    }
}

internal sealed class ErasureMapping : IEntityTypeConfiguration<Erasure>
{
    public void Configure(EntityTypeBuilder<Erasure> builder)
    {
        builder.HasKey(erasure => erasure.Id);
        builder.Property(erasure => erasure.Id).ValueGeneratedNever();
        builder.Ignore(erasure => erasure.Subject);
        builder.Property(erasure => erasure.Cause).HasMaxLength(Erasure.MaxCauseLength);
        builder.Property(erasure => erasure.Revision).IsConcurrencyToken();
        builder.HasIndex(erasure => erasure.Artifact);
        builder.HasOne<ArtifactRecord>().WithMany().HasForeignKey(erasure => erasure.Artifact)
            .OnDelete(DeleteBehavior.Restrict);
    }
}
