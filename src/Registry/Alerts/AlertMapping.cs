using Governance.Registry.Models;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Alerts;

internal sealed class AlertMapping : IEntityTypeConfiguration<Alert>
{
    public void Configure(EntityTypeBuilder<Alert> builder)
    {
        builder.ToTable("Alerts");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Ignore(row => row.Subject);
        builder.Ignore(row => row.Key);
        builder.Property(row => row.SourceId).HasMaxLength(Alert.MaxSourceLength);
        builder.Property(row => row.Monitor).HasMaxLength(Alert.MaxMonitorLength);
        builder.Property(row => row.Column).HasMaxLength(Alert.MaxSliceLength);
        builder.Property(row => row.Cohort).HasMaxLength(Alert.MaxSliceLength);
        builder.Property(row => row.Sentence).HasMaxLength(Alert.MaxSentenceLength);
        builder.HasIndex(row => new { row.SourceKind, row.SourceId, row.Monitor, row.Column, row.Cohort, row.RaisedAt });
        builder.HasIndex(row => new { row.Version, row.RaisedAt });
        builder.HasOne<Model>().WithMany().HasForeignKey(row => row.Model).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ModelVersion>().WithMany().HasForeignKey(row => row.Version).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class AlertStepMapping : IEntityTypeConfiguration<AlertStep>
{
    public void Configure(EntityTypeBuilder<AlertStep> builder)
    {
        builder.ToTable("AlertSteps");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Ignore(row => row.Subject);
        builder.Property(row => row.Cause).HasMaxLength(AlertStep.MaxCauseLength);
        builder.HasIndex(row => new { row.Alert, row.Number }).IsUnique();
        builder.HasOne<Alert>().WithMany().HasForeignKey(row => row.Alert).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class AlertWindowMapping : IEntityTypeConfiguration<AlertWindow>
{
    public void Configure(EntityTypeBuilder<AlertWindow> builder)
    {
        builder.ToTable("AlertWindows");
        builder.HasKey(row => new { row.Alert, row.From, row.To });
        builder.Ignore(row => row.Sounds);
        builder.Property(row => row.Sentence).HasMaxLength(Alert.MaxSentenceLength);
        builder.HasOne<Alert>().WithMany().HasForeignKey(row => row.Alert).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class AlertDestinationMapping : IEntityTypeConfiguration<AlertDestination>
{
    public void Configure(EntityTypeBuilder<AlertDestination> builder)
    {
        builder.ToTable("AlertDestinations");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Ignore(row => row.Subject);
        builder.Property(row => row.Name).HasMaxLength(AlertDestination.MaxNameLength);
        builder.Property(row => row.Address).HasMaxLength(AlertDestination.MaxAddressLength);
        builder.HasOne<Model>().WithMany().HasForeignKey(row => row.Model).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class AlertDestinationEndMapping : IEntityTypeConfiguration<AlertDestinationEnd>
{
    public void Configure(EntityTypeBuilder<AlertDestinationEnd> builder)
    {
        builder.ToTable("AlertDestinationEnds");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Destination);
        builder.Property(row => row.By);
        builder.Property(row => row.At);
        builder.Ignore(row => row.Subject);
        builder.HasIndex(row => row.Destination).IsUnique();
        builder.HasOne<AlertDestination>().WithMany().HasForeignKey(row => row.Destination).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class AlertDeliveryMapping : IEntityTypeConfiguration<AlertDelivery>
{
    public void Configure(EntityTypeBuilder<AlertDelivery> builder)
    {
        builder.ToTable("AlertDeliveries");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Body).HasMaxLength(AlertDelivery.MaxBodyLength);
        builder.Property(row => row.Error).HasMaxLength(AlertDelivery.MaxErrorLength);
        builder.HasIndex(row => new { row.State, row.NextAt });
        builder.HasIndex(row => new { row.Destination, row.QueuedAt });
        builder.HasOne<AlertDestination>().WithMany().HasForeignKey(row => row.Destination).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Alert>().WithMany().HasForeignKey(row => row.Alert).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class WebhookSecretMapping : IEntityTypeConfiguration<WebhookSecret>
{
    public void Configure(EntityTypeBuilder<WebhookSecret> builder)
    {
        builder.ToTable("WebhookSecrets");
        builder.HasKey(row => row.Destination);
        builder.Property(row => row.Key).HasMaxLength(32);
        builder.HasOne<AlertDestination>().WithMany().HasForeignKey(row => row.Destination).OnDelete(DeleteBehavior.Restrict);
    }
}
