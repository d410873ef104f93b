using Governance.Registry.Models;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Alarms;

internal sealed class TheftAlarmMapping : IEntityTypeConfiguration<TheftAlarm>
{
    public void Configure(EntityTypeBuilder<TheftAlarm> builder)
    {
        builder.ToTable("TheftAlarms");
        builder.HasKey(alarm => alarm.Id);
        builder.Property(alarm => alarm.Id).ValueGeneratedNever();
        builder.Ignore(alarm => alarm.Subject);
        builder.Property(alarm => alarm.Detector).HasMaxLength(TheftAlarm.MaxDetectorLength);
        builder.HasIndex(alarm => new { alarm.Model, alarm.RaisedAt });
        builder.HasOne<Model>().WithMany().HasForeignKey(alarm => alarm.Model).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ModelVersion>().WithMany().HasForeignKey(alarm => alarm.Version).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class AlarmStepMapping : IEntityTypeConfiguration<AlarmStep>
{
    public void Configure(EntityTypeBuilder<AlarmStep> builder)
    {
        builder.ToTable("AlarmSteps");
        builder.HasKey(step => step.Id);
        builder.Property(step => step.Id).ValueGeneratedNever();
        builder.Ignore(step => step.Subject);
        builder.HasIndex(step => new { step.Alarm, step.Kind }).IsUnique();
        builder.HasOne<TheftAlarm>().WithMany().HasForeignKey(step => step.Alarm).OnDelete(DeleteBehavior.Restrict);
    }
}
