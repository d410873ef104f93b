using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Proposals;

/// <summary>A proposal as someone may see it.</summary>
/// <param name="Proposal">The proposal.</param>
/// <param name="State">Where it stands now.</param>
/// <param name="What">What would change.</param>
/// <param name="Reason">Why; null where it was erased.</param>
/// <param name="ProposedBy">The proposer's name.</param>
/// <param name="DecidedBy">The second person's name; null while nobody decided.</param>
/// <param name="Own">Whether the viewer proposed it.</param>
public sealed record ProposalView(
    Proposal Proposal, ProposalState State, string What, string? Reason, string ProposedBy, string? DecidedBy, bool Own);

/// <summary>Reads proposals, as far as someone made them or may decide on them.</summary>
public sealed class ProposalQueries(IDbContextFactory<GovernanceDb> contexts, IEnumerable<IProposedChange> kinds)
{
    /// <summary>One's own, and those that one may decide on; the newest first.</summary>
    public async Task<IReadOnlyList<ProposalView>> VisibleToAsync(UserId viewer, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await Holdings.LoadAsync(db, viewer, cancellationToken) is not Holdings holdings)
        {
            return [];
        }

        List<Proposal> proposals = await db.Proposals.AsNoTracking().OrderByDescending(row => row.ProposedAt).ToListAsync(cancellationToken);
        IReadOnlyDictionary<UserId, string> names = await PeopleQueries.NamesAsync(db, cancellationToken);
        FactDigest[] digests = [.. proposals.Select(row => row.Reason)];
        Dictionary<FactDigest, string> reasons = await db.PersonalTexts.AsNoTracking()
            .Where(text => digests.Contains(text.Digest)).ToDictionaryAsync(text => text.Digest, text => text.Text, cancellationToken);
        List<ProposalView> views = [];
        foreach (Proposal row in proposals)
        {
            IProposedChange? kind = kinds.FirstOrDefault(each => each.Kind == row.Kind);
            bool own = row.ProposedBy == viewer;
            if (own || (kind is not null && await kind.RefusalForAsync(db, holdings, row.ReadChange(), cancellationToken) is null))
            {
                views.Add(new ProposalView(
                    row, row.StateAt(holdings.At), kind?.Sentence(row.ReadChange()) ?? row.Kind, reasons.GetValueOrDefault(row.Reason),
                    names.GetValueOrDefault(row.ProposedBy, "?"), row.DecidedBy is UserId by ? names.GetValueOrDefault(by, "?") : null, own));
            }
        }

        return views;
    }
}
