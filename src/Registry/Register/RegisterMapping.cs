using Governance.Registry.SignOffs;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Register;

internal sealed class RegisterFindingMapping : IEntityTypeConfiguration<RegisterFinding>
{
    public void Configure(EntityTypeBuilder<RegisterFinding> builder)
    {
        builder.ToTable("RegisterFindings");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Ignore(row => row.Subject);
        builder.Property(row => row.Title).HasMaxLength(RegisterFinding.MaxTitleLength);
        builder.Property(row => row.Key).HasMaxLength(RegisterFinding.MaxKeyLength);
        builder.HasIndex(row => new { row.Version, row.RaisedAt });
        builder.HasOne<ModelVersion>().WithMany().HasForeignKey(row => row.Version).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<SignOff>().WithMany().HasForeignKey(row => row.SignOff).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class RegisterStepMapping : IEntityTypeConfiguration<RegisterStep>
{
    public void Configure(EntityTypeBuilder<RegisterStep> builder)
    {
        builder.ToTable("RegisterSteps");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Ignore(row => row.Subject);
        builder.HasIndex(row => new { row.Finding, row.Number }).IsUnique();
        builder.HasOne<RegisterFinding>().WithMany().HasForeignKey(row => row.Finding).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<SignOff>().WithMany().HasForeignKey(row => row.SignOff).OnDelete(DeleteBehavior.Restrict);
    }
}
