using Governance.Registry.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Governance.Registry.ExternalSignIn;

internal sealed class ExternalLoginMapping : IEntityTypeConfiguration<ExternalLogin>
{
    public void Configure(EntityTypeBuilder<ExternalLogin> builder)
    {
        builder.ToTable("ExternalLogins");
        builder.HasKey(login => login.Id);
        builder.Property(login => login.Id).ValueGeneratedNever();
        builder.Ignore(login => login.Subject);
        builder.Property(login => login.Issuer).HasMaxLength(ExternalLogin.MaxIssuerLength);
        builder.Property(login => login.Revision).IsConcurrencyToken();
        builder.Property(login => login.Given).HasMaxLength(100).HasConversion(
            new ValueConverter<IReadOnlyList<Role>, string>(
                roles => string.Join(' ', roles),
                text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Role>).ToArray()),
            new ValueComparer<IReadOnlyList<Role>>((one, other) => one!.SequenceEqual(other!), list => list.Count, list => list));
        builder.HasIndex(login => login.Who).IsUnique().HasFilter("\"EndedAt\" IS NULL");
        builder.HasIndex(login => login.User);
    }
}
