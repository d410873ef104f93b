using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Access;

internal sealed class GovernanceUserMapping : IEntityTypeConfiguration<GovernanceUser>
{
    public void Configure(EntityTypeBuilder<GovernanceUser> builder)
    {
        builder.Ignore(user => user.Person);
        builder.Property(user => user.Kind).HasDefaultValue(AccountKind.Person);
        builder.HasIndex(user => user.Owner);
        builder.Property(user => user.DisplayName).HasMaxLength(GovernanceUser.MaxDisplayNameLength);
    }
}
