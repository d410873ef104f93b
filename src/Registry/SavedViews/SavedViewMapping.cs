using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.SavedViews;

internal sealed class SavedViewMapping : IEntityTypeConfiguration<SavedView>
{
    public void Configure(EntityTypeBuilder<SavedView> builder)
    {
        builder.ToTable("SavedViews");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Name).HasMaxLength(SavedView.MaxNameLength);
        builder.Property(row => row.Address).HasMaxLength(SavedView.MaxAddressLength);
        builder.HasIndex(row => new { row.Person, row.Name }).IsUnique();
    }
}
