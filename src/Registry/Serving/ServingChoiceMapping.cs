using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Serving;

internal sealed class ServingChoiceMapping : IEntityTypeConfiguration<ServingChoice>
{
    public void Configure(EntityTypeBuilder<ServingChoice> builder)
    {
        builder.ToTable("ServingChoices");
        builder.HasKey(choice => choice.Id);
        builder.Property(choice => choice.Id).ValueGeneratedNever();
        builder.Property(choice => choice.Provider).HasMaxLength(8);
        builder.Ignore(choice => choice.Subject);
        builder.Ignore(choice => choice.Settings);
        builder.HasIndex(choice => choice.Version);
        builder.HasOne<ModelVersion>().WithMany().HasForeignKey(choice => choice.Version).OnDelete(DeleteBehavior.Restrict);
    }
}
