using Governance.Registry.Artifacts;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Signatures;

internal sealed class PublisherKeyMapping : IEntityTypeConfiguration<PublisherKey>
{
    public void Configure(EntityTypeBuilder<PublisherKey> builder)
    {
        builder.HasKey(key => key.Id);
        builder.Property(key => key.Id).ValueGeneratedNever();
        builder.Ignore(key => key.Subject);
        builder.Property(key => key.Name).HasMaxLength(PublisherKey.MaxNameLength);
        builder.Property(key => key.Pem).HasMaxLength(PublisherKey.MaxPemLength);
        builder.Property(key => key.Revision).IsConcurrencyToken();
        builder.HasIndex(key => key.Fingerprint);
    }
}

internal sealed class VersionSignatureMapping : IEntityTypeConfiguration<VersionSignature>
{
    public void Configure(EntityTypeBuilder<VersionSignature> builder)
    {
        builder.HasKey(signature => signature.Id);
        builder.Property(signature => signature.Id).ValueGeneratedNever();
        builder.Ignore(signature => signature.Subject);
        builder.Property(signature => signature.Hint).HasMaxLength(VersionSignature.MaxPathLength);
        builder.Property(signature => signature.Path).HasMaxLength(VersionSignature.MaxPathLength);
        builder.HasIndex(signature => signature.Version);
        builder.HasOne<ModelVersion>().WithMany().HasForeignKey(signature => signature.Version).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<PublisherKey>().WithMany().HasForeignKey(signature => signature.Key).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ArtifactRecord>().WithMany().HasForeignKey(signature => signature.Bundle).OnDelete(DeleteBehavior.Restrict);
    }
}
