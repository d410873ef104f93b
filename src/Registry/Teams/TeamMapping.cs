using Governance.Registry.Models;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Teams;

internal sealed class TeamMapping : IEntityTypeConfiguration<Team>
{
    public void Configure(EntityTypeBuilder<Team> builder)
    {
        builder.HasKey(team => team.Id);
        builder.Property(team => team.Id).ValueGeneratedNever();
        builder.Ignore(team => team.Subject);
        builder.Property(team => team.Name).HasMaxLength(NameRule.MaxLength);
        builder.Property(team => team.Title).HasMaxLength(Team.MaxTitleLength);
        builder.HasIndex(team => team.Name).IsUnique();
    }
}

internal sealed class TeamMemberMapping : IEntityTypeConfiguration<TeamMember>
{
    public void Configure(EntityTypeBuilder<TeamMember> builder)
    {
        builder.HasKey(member => member.Id);
        builder.Property(member => member.Id).ValueGeneratedNever();
        builder.Ignore(member => member.Subject);
        builder.Property(member => member.Revision).IsConcurrencyToken();
        builder.HasIndex(member => new { member.User, member.Team });
        builder.HasOne<Team>().WithMany().HasForeignKey(member => member.Team).OnDelete(DeleteBehavior.Restrict);
    }
}
