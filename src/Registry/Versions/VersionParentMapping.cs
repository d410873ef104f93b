using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Versions;

internal sealed class VersionParentMapping : IEntityTypeConfiguration<VersionParent>
{
    public void Configure(EntityTypeBuilder<VersionParent> builder)
    {
        builder.HasKey(parent => new { parent.Child, parent.Parent });
        builder.HasOne<ModelVersion>().WithMany().HasForeignKey(parent => parent.Child).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ModelVersion>().WithMany().HasForeignKey(parent => parent.Parent).OnDelete(DeleteBehavior.Restrict);
    }
}
