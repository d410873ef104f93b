using Governance.Registry.Models;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Access;

internal sealed class ModelGrantMapping : IEntityTypeConfiguration<ModelGrant>
{
    public void Configure(EntityTypeBuilder<ModelGrant> builder)
    {
        builder.HasKey(grant => grant.Id);
        builder.Property(grant => grant.Id).ValueGeneratedNever();
        builder.Ignore(grant => grant.Subject);
        builder.Property(grant => grant.Revision).IsConcurrencyToken();
        builder.HasIndex(grant => new { grant.User, grant.Model });
        builder.HasOne<Model>().WithMany().HasForeignKey(grant => grant.Model).OnDelete(DeleteBehavior.Restrict);
    }
}
