using Governance.Registry.Models;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Alarms;

internal sealed class GaugeReadingMapping : IEntityTypeConfiguration<GaugeReading>
{
    public void Configure(EntityTypeBuilder<GaugeReading> builder)
    {
        builder.ToTable("GaugeReadings");
        builder.HasKey(reading => new { reading.Version, reading.Principal });
        builder.Ignore(reading => reading.Share);
        builder.Ignore(reading => reading.Passes);
        builder.Property(reading => reading.Family).HasMaxLength(GaugeReading.MaxFamilyLength);
        builder.HasIndex(reading => reading.Model);
    }
}

internal sealed class GaugeMarkMapping : IEntityTypeConfiguration<GaugeMark>
{
    public void Configure(EntityTypeBuilder<GaugeMark> builder)
    {
        builder.ToTable("GaugeMarks");
        builder.HasKey(mark => mark.Id);
        builder.Property(mark => mark.Id).ValueGeneratedNever();
        builder.Ignore(mark => mark.Subject);
        builder.Property(mark => mark.Family).HasMaxLength(GaugeReading.MaxFamilyLength);
        builder.HasIndex(mark => new { mark.Model, mark.Principal }).IsUnique();
        builder.HasOne<Model>().WithMany().HasForeignKey(mark => mark.Model).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ModelVersion>().WithMany().HasForeignKey(mark => mark.Version).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class GaugeDecisionMapping : IEntityTypeConfiguration<GaugeDecision>
{
    public void Configure(EntityTypeBuilder<GaugeDecision> builder)
    {
        builder.ToTable("GaugeDecisions");
        builder.HasKey(decision => decision.Id);
        builder.Property(decision => decision.Id).ValueGeneratedNever();
        builder.Ignore(decision => decision.Subject);
        builder.Ignore(decision => decision.Until);
        builder.HasIndex(decision => new { decision.Mark, decision.At });
        builder.HasOne<GaugeMark>().WithMany().HasForeignKey(decision => decision.Mark).OnDelete(DeleteBehavior.Restrict);
    }
}
