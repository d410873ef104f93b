using Governance.Registry.Artifacts;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Evidence;

internal sealed class EvidenceRecordMapping : IEntityTypeConfiguration<EvidenceRecord>
{
    public void Configure(EntityTypeBuilder<EvidenceRecord> builder)
    {
        builder.HasKey(evidence => evidence.Id);
        builder.Property(evidence => evidence.Id).ValueGeneratedNever();
        builder.Ignore(evidence => evidence.Subject);
        builder.Ignore(evidence => evidence.Verdicts);
        builder.Ignore(evidence => evidence.Decides);
        builder.Property(evidence => evidence.Title).HasMaxLength(AuditRun.MaxTitleLength);
        builder.HasIndex(evidence => evidence.Version);
        builder.HasIndex(evidence => evidence.Run).IsUnique();
        builder.HasOne<ModelVersion>().WithMany().HasForeignKey(evidence => evidence.Version)
            .OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<AuditRun>().WithMany().HasForeignKey(evidence => evidence.Run).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ArtifactRecord>().WithMany().HasForeignKey(evidence => evidence.Findings)
            .OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ArtifactRecord>().WithMany().HasForeignKey(evidence => evidence.RunRecord)
            .OnDelete(DeleteBehavior.Restrict);
    }
}
