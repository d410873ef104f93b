using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Sessions;

internal sealed class SessionMapping : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.HasKey(session => session.Id);
        builder.Property(session => session.Id).ValueGeneratedNever();
        builder.Property(session => session.Client).HasMaxLength(Session.MaxClientLength);
        builder.Property(session => session.Stamp).HasMaxLength(64);
        builder.HasIndex(session => new { session.User, session.EndedAt });
    }
}
