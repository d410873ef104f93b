using Governance.Registry.Datasets;
using Governance.Registry.Models;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Deployments;

internal sealed class DeploymentMapping : IEntityTypeConfiguration<Deployment>
{
    public void Configure(EntityTypeBuilder<Deployment> builder)
    {
        builder.HasKey(deployment => deployment.Id);
        builder.Property(deployment => deployment.Id).ValueGeneratedNever();
        builder.Ignore(deployment => deployment.Subject);
        builder.Property(deployment => deployment.Environment).HasMaxLength(NameRule.MaxLength);
        builder.HasIndex(deployment => new { deployment.Model, deployment.Environment });
        builder.HasIndex(deployment => deployment.Version);
        builder.HasOne<Model>().WithMany().HasForeignKey(deployment => deployment.Model).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ModelVersion>().WithMany().HasForeignKey(deployment => deployment.Version).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Dataset>().WithMany().HasForeignKey(deployment => deployment.Reference).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class DeploymentEndMapping : IEntityTypeConfiguration<DeploymentEnd>
{
    public void Configure(EntityTypeBuilder<DeploymentEnd> builder)
    {
        builder.HasKey(end => end.Deployment);
        builder.Property(end => end.Deployment).ValueGeneratedNever();
        builder.Ignore(end => end.Subject);
        builder.HasOne<Deployment>().WithOne().HasForeignKey<DeploymentEnd>(end => end.Deployment).OnDelete(DeleteBehavior.Restrict);
    }
}
