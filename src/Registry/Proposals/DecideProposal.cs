using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Proposals;

/// <summary>Confirms or refuses what another person proposed.</summary>
public sealed class DecideProposal(AppendGate gate, IEnumerable<IProposedChange> kinds)
{
    /// <summary>Decides; whoever could have proposed it may, but not who did. Confirmed, the change is made at once.</summary>
    /// <remarks>Refusing is also open to the proposer: that takes the proposal back.</remarks>
    /// <param name="actor">A person.</param>
    /// <param name="id">Which proposal.</param>
    /// <param name="confirm">Yes or no.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <exception cref="ArgumentException">The actor is the system.</exception>
    public Task<ProposalOutcome> RunAsync(Actor actor, ProposalId id, bool confirm, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        UserId person = actor.User ?? throw new ArgumentException("A person decides on a proposal.", nameof(actor));
        return gate.RunAsync<ProposalOutcome>(actor, async change =>
        {
            Holdings holdings = await Holdings.LoadAsync(change.Db, person, cancellationToken)
                ?? throw new InvalidOperationException("The actor has no account.");
            Proposal? proposal = await change.Db.Proposals.FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
            IProposedChange? kind = kinds.FirstOrDefault(each => each.Kind == proposal?.Kind);
            if (proposal is null || kind is null)
            {
                return new ProposalOutcome.Refused(new Refusal("not-found", "There is no such proposal."));
            }

            if (await RefusalAsync(change, holdings, proposal, kind, confirm, cancellationToken) is Refusal refusal)
            {
                return new ProposalOutcome.Refused(refusal);
            }

            change.Change(proposal, confirm ? "proposal.confirmed" : "proposal.refused", scope: null, row => row.Decide(person, confirm, change.Now));
            if (confirm)
            {
                await kind.ApplyAsync(change, proposal.ReadChange(), cancellationToken);
            }

            return new ProposalOutcome.Recorded(proposal);
        }, cancellationToken);
    }

    private static async Task<Refusal?> RefusalAsync(
        RegistryChange change, Holdings holdings, Proposal proposal, IProposedChange kind, bool confirm, CancellationToken cancellationToken)
    {
        bool own = proposal.ProposedBy == holdings.Person.Id;
        return proposal.StateAt(change.Now) != ProposalState.Waiting
            ? new Refusal("wrong-state", "This proposal does not wait any more.")
            : own && !confirm ? null
            : own ? new Refusal("own-proposal", "The second person is another one: nobody confirms what they proposed.")
            : await kind.RefusalForAsync(change.Db, holdings, proposal.ReadChange(), cancellationToken);
    }
}
