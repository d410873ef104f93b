using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Accounts;

internal sealed class SecondFactorMapping : IEntityTypeConfiguration<SecondFactor>, IEntityTypeConfiguration<RecoveryCode>
{
    public void Configure(EntityTypeBuilder<SecondFactor> builder)
    {
        builder.HasKey(factor => factor.User);
        builder.Property(factor => factor.User).ValueGeneratedNever();
        builder.Property(factor => factor.Sealed).HasMaxLength(SealedKey.Length);
        builder.Property(factor => factor.WrappedWith).HasMaxLength(16);
    }

    public void Configure(EntityTypeBuilder<RecoveryCode> builder)
    {
        builder.HasKey(code => code.Id);
        builder.Property(code => code.Id).ValueGeneratedNever();
        builder.Property(code => code.Hash).HasMaxLength(64);
        builder.HasIndex(code => new { code.User, code.Hash }).IsUnique();
    }
}
