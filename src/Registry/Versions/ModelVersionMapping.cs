using Governance.Registry.Artifacts;
using Governance.Registry.Models;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Versions;

internal sealed class ModelVersionMapping : IEntityTypeConfiguration<ModelVersion>
{
    public void Configure(EntityTypeBuilder<ModelVersion> builder)
    {
        builder.HasKey(version => version.Id);
        builder.Property(version => version.Id).ValueGeneratedNever();
        builder.Ignore(version => version.Subject);
        builder.Property(version => version.Note).HasMaxLength(ModelVersion.MaxNoteLength);
        builder.Property(version => version.Revision).IsConcurrencyToken();
        builder.HasIndex(version => new { version.Model, version.Number }).IsUnique();
        builder.HasIndex(version => new { version.Model, version.Digest }).IsUnique();
        builder.HasOne<Model>().WithMany().HasForeignKey(version => version.Model).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ArtifactRecord>().WithMany().HasForeignKey(version => version.Artifact)
            .OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ArtifactRecord>().WithMany().HasForeignKey(version => version.Encoding)
            .OnDelete(DeleteBehavior.Restrict);
    }
}
