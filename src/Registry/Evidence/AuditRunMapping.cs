using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Evidence;

internal sealed class AuditRunMapping : IEntityTypeConfiguration<AuditRun>
{
    public void Configure(EntityTypeBuilder<AuditRun> builder)
    {
        builder.HasKey(run => run.Id);
        builder.Property(run => run.Id).ValueGeneratedNever();
        builder.Ignore(run => run.Subject);
        builder.Ignore(run => run.Attempts);
        builder.Property(run => run.Title).HasMaxLength(AuditRun.MaxTitleLength);
        builder.Property(run => run.Message).HasMaxLength(AuditRun.MaxMessageLength);
        builder.Property(run => run.Revision).IsConcurrencyToken();
        builder.HasIndex(run => run.Version);
        builder.HasIndex(run => run.Status);
        builder.HasOne<ModelVersion>().WithMany().HasForeignKey(run => run.Version).OnDelete(DeleteBehavior.Restrict);
    }
}
