using Governance.Registry.Models;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Policies;

internal sealed class RegisteredPackMapping : IEntityTypeConfiguration<RegisteredPack>
{
    public void Configure(EntityTypeBuilder<RegisteredPack> builder)
    {
        builder.ToTable("PolicyPacks");
        builder.HasKey(pack => pack.Id);
        builder.Property(pack => pack.Id).ValueGeneratedNever();
        builder.Ignore(pack => pack.Subject);
        builder.Property(pack => pack.Name).HasMaxLength(ReadPolicyPack.MaxNameLength);
        builder.Property(pack => pack.Json).HasMaxLength(RegisteredPack.MaxTextLength);
        builder.Property(pack => pack.Text).HasMaxLength(RegisteredPack.MaxTextLength);

        // The last guard against two packs of one name and number.
        builder.HasIndex(pack => new { pack.Name, pack.Number }).IsUnique();
    }
}

internal sealed class PolicyAdoptionMapping : IEntityTypeConfiguration<PolicyAdoption>
{
    public void Configure(EntityTypeBuilder<PolicyAdoption> builder)
    {
        builder.ToTable("PolicyAdoptions");
        builder.HasKey(adoption => adoption.Id);
        builder.Property(adoption => adoption.Id).ValueGeneratedNever();
        builder.Ignore(adoption => adoption.Subject);
        builder.Property(adoption => adoption.Pack).HasMaxLength(ReadPolicyPack.MaxNameLength);
        builder.Property(adoption => adoption.Scope).HasMaxLength(NameRule.MaxLength + "model:".Length);
    }
}
