using Governance.Registry.Artifacts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Versions;

internal sealed class VersionInspectionMapping : IEntityTypeConfiguration<VersionInspection>
{
    public void Configure(EntityTypeBuilder<VersionInspection> builder)
    {
        builder.HasKey(inspection => inspection.Version);
        builder.Property(inspection => inspection.Version).ValueGeneratedNever();
        builder.Ignore(inspection => inspection.Subject);
        builder.HasOne<ModelVersion>().WithMany().HasForeignKey(inspection => inspection.Version).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ArtifactRecord>().WithMany().HasForeignKey(inspection => inspection.Report).OnDelete(DeleteBehavior.Restrict);
    }
}
