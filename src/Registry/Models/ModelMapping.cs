using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Models;

internal sealed class ModelMapping : IEntityTypeConfiguration<Model>
{
    public void Configure(EntityTypeBuilder<Model> builder)
    {
        builder.HasKey(model => model.Id);
        builder.Property(model => model.Id).ValueGeneratedNever();
        builder.Ignore(model => model.Subject);
        builder.Property(model => model.Name).HasMaxLength(NameRule.MaxLength);
        builder.Property(model => model.Title).HasMaxLength(Model.MaxTitleLength);
        builder.Property(model => model.Purpose).HasMaxLength(Model.MaxPurposeLength);
        builder.Property(model => model.Revision).IsConcurrencyToken();
        builder.HasIndex(model => model.Name).IsUnique();
    }
}
