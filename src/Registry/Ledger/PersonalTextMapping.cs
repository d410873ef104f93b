using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Ledger;

internal sealed class PersonalTextMapping : IEntityTypeConfiguration<PersonalText>
{
    public void Configure(EntityTypeBuilder<PersonalText> builder)
    {
        builder.HasKey(text => text.Digest);
        builder.Property(text => text.Digest).ValueGeneratedNever();
        builder.Property(text => text.Text).HasMaxLength(PersonalText.MaxLength);
    }
}
