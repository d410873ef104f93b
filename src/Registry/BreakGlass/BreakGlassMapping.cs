using Governance.Registry.Models;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.BreakGlass;

internal sealed class BreakGlassMapping : IEntityTypeConfiguration<BreakGlassRequest>
{
    public void Configure(EntityTypeBuilder<BreakGlassRequest> builder)
    {
        builder.HasKey(request => request.Id);
        builder.Property(request => request.Id).ValueGeneratedNever();
        builder.Ignore(request => request.Subject);
        builder.Ignore(request => request.EndsAt);
        builder.Ignore(request => request.ReviewDue);
        builder.Property(request => request.Model).HasMaxLength(NameRule.MaxLength);
        builder.Property(request => request.Revision).IsConcurrencyToken();
        builder.HasIndex(request => new { request.Person, request.OpenedAt });
    }
}
