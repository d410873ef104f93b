using Governance.Registry.Deployments;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Monitors;

internal sealed class MonitorPlanMapping : IEntityTypeConfiguration<MonitorPlan>
{
    public void Configure(EntityTypeBuilder<MonitorPlan> builder)
    {
        builder.ToTable("MonitorPlans");
        builder.HasKey(plan => plan.Id);
        builder.Property(plan => plan.Id).ValueGeneratedNever();
        builder.Ignore(plan => plan.Subject);
        builder.Ignore(plan => plan.Digest);
        builder.Property(plan => plan.Name).HasMaxLength(MonitorPlan.MaxNameLength);
        builder.Property(plan => plan.Text).HasMaxLength(MonitorPlan.MaxTextLength);
        builder.HasIndex(plan => new { plan.Deployment, plan.AssignedAt });
        builder.HasOne<Deployment>().WithMany().HasForeignKey(plan => plan.Deployment).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class MonitorReadingMapping : IEntityTypeConfiguration<MonitorReading>
{
    public void Configure(EntityTypeBuilder<MonitorReading> builder)
    {
        builder.ToTable("MonitorReadings");
        builder.HasKey(reading => new { reading.Deployment, reading.Plan, reading.Monitor, reading.WindowFrom, reading.WindowTo, reading.Series });
        builder.Property(reading => reading.Monitor).HasMaxLength(60);
        builder.Property(reading => reading.Kind).HasMaxLength(20);
        builder.Property(reading => reading.Metric).HasMaxLength(60);
        builder.Property(reading => reading.Column).HasMaxLength(MonitorReading.MaxNameLength);
        builder.Property(reading => reading.Cohort).HasMaxLength(MonitorReading.MaxNameLength);
        builder.Property(reading => reading.Attribute).HasMaxLength(MonitorReading.MaxNameLength);
        builder.Property(reading => reading.Series).HasMaxLength(MonitorReading.MaxNameLength + 61);
        builder.Property(reading => reading.ExplainedBy).HasMaxLength(60);
        builder.Property(reading => reading.Sentence).HasMaxLength(MonitorReading.MaxSentenceLength);
        builder.HasIndex(reading => new { reading.Deployment, reading.WindowTo });
    }
}
