using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Artifacts;

internal sealed class ArtifactRecordMapping : IEntityTypeConfiguration<ArtifactRecord>
{
    public void Configure(EntityTypeBuilder<ArtifactRecord> builder)
    {
        builder.HasKey(artifact => artifact.Digest);
        builder.Property(artifact => artifact.Digest).ValueGeneratedNever();
        builder.Ignore(artifact => artifact.Subject);
    }
}
