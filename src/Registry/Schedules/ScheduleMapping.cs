using Governance.Registry.Evidence;
using Governance.Registry.Models;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Schedules;

internal sealed class ScheduleMapping : IEntityTypeConfiguration<Schedule>
{
    public void Configure(EntityTypeBuilder<Schedule> builder)
    {
        builder.ToTable("Schedules");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Ignore(row => row.Subject);
        builder.Ignore(row => row.Scope);
        builder.Ignore(row => row.Plan);
        builder.Property(row => row.Name).HasMaxLength(Schedule.MaxNameLength);
        builder.Property(row => row.Cron).HasMaxLength(Schedule.MaxCronLength);
        builder.Property(row => row.TimeZone).HasMaxLength(Schedule.MaxZoneLength);
        builder.HasIndex(row => row.Model);
        builder.HasOne<Model>().WithMany().HasForeignKey(row => row.Model).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ModelVersion>().WithMany().HasForeignKey(row => row.Version).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ScheduleStepMapping : IEntityTypeConfiguration<ScheduleStep>
{
    public void Configure(EntityTypeBuilder<ScheduleStep> builder)
    {
        builder.ToTable("ScheduleSteps");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Ignore(row => row.Subject);
        builder.HasIndex(row => new { row.Schedule, row.Number }).IsUnique();
        builder.HasOne<Schedule>().WithMany().HasForeignKey(row => row.Schedule).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ScheduleRunMapping : IEntityTypeConfiguration<ScheduleRun>
{
    public void Configure(EntityTypeBuilder<ScheduleRun> builder)
    {
        builder.ToTable("ScheduleRuns");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Node).HasMaxLength(ScheduleRun.MaxNodeLength);
        builder.Property(row => row.Message).HasMaxLength(ScheduleRun.MaxMessageLength);
        builder.HasIndex(row => new { row.Schedule, row.DueAt }).IsUnique();
        builder.HasIndex(row => row.Status);
        builder.HasOne<Schedule>().WithMany().HasForeignKey(row => row.Schedule).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<AuditRun>().WithMany().HasForeignKey(row => row.Run).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class TriggerSignalMapping : IEntityTypeConfiguration<TriggerSignal>
{
    public void Configure(EntityTypeBuilder<TriggerSignal> builder)
    {
        builder.ToTable("TriggerSignals");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Key).HasMaxLength(TriggerSignal.MaxKeyLength);
        builder.HasIndex(row => new { row.Schedule, row.Key }).IsUnique();
        builder.HasIndex(row => row.TakenBy);
        builder.HasOne<Schedule>().WithMany().HasForeignKey(row => row.Schedule).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ScheduleRun>().WithMany().HasForeignKey(row => row.TakenBy).OnDelete(DeleteBehavior.Restrict);
    }
}
