using Governance.Registry.Models;
using Governance.Registry.Teams;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Access;

internal sealed class ModelGrantMapping : IEntityTypeConfiguration<ModelGrant>
{
    // The names of all stages with commas between them.
    private const int MaxStagesLength = 200;

    public void Configure(EntityTypeBuilder<ModelGrant> builder)
    {
        builder.HasKey(grant => grant.Id);
        builder.Property(grant => grant.Id).ValueGeneratedNever();
        builder.Ignore(grant => grant.Subject);
        builder.Property(grant => grant.Stages).HasMaxLength(MaxStagesLength);
        builder.Property(grant => grant.Revision).IsConcurrencyToken();
        builder.HasIndex(grant => new { grant.User, grant.Model });
        builder.HasIndex(grant => new { grant.Team, grant.Model });
        builder.HasOne<Model>().WithMany().HasForeignKey(grant => grant.Model).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Team>().WithMany().HasForeignKey(grant => grant.Team).OnDelete(DeleteBehavior.Restrict);
    }
}
