using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Proposals;

internal sealed class ProposalMapping : IEntityTypeConfiguration<Proposal>
{
    public void Configure(EntityTypeBuilder<Proposal> builder)
    {
        builder.HasKey(proposal => proposal.Id);
        builder.Property(proposal => proposal.Id).ValueGeneratedNever();
        builder.Ignore(proposal => proposal.Subject);
        builder.Property(proposal => proposal.Kind).HasMaxLength(Proposal.MaxKindLength);
        builder.Property(proposal => proposal.Change).HasMaxLength(Proposal.MaxChangeLength);
        builder.Property(proposal => proposal.Revision).IsConcurrencyToken();
        builder.HasIndex(proposal => proposal.ProposedAt);
    }
}
