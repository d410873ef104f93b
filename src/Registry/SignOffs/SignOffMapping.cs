using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.SignOffs;

internal sealed class SignOffMapping : IEntityTypeConfiguration<SignOff>
{
    public void Configure(EntityTypeBuilder<SignOff> builder)
    {
        builder.HasKey(signOff => signOff.Id);
        builder.Property(signOff => signOff.Id).ValueGeneratedNever();
        builder.Ignore(signOff => signOff.Subject);

        // The last guard against a person counted twice in one round over the same evidence.
        builder.HasIndex(signOff => new { signOff.Version, signOff.Round, signOff.Person, signOff.Kind, signOff.SeenEvidence })
            .IsUnique();
        builder.HasOne<ModelVersion>().WithMany().HasForeignKey(signOff => signOff.Version)
            .OnDelete(DeleteBehavior.Restrict);
    }
}
