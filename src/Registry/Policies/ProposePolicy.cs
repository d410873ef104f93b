using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Proposals;

namespace Governance.Registry.Policies;

/// <summary>Proposes that a pack shall count; an administrator who is not the proposer confirms.</summary>
public sealed class ProposePolicy(Propose propose)
{
    /// <summary>Proposes.</summary>
    /// <param name="actor">A person: a compliance approver, or an administrator.</param>
    /// <param name="wanted">What shall count.</param>
    /// <param name="reason">Why, in their own words.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <exception cref="ArgumentException">The actor is the system.</exception>
    public Task<ProposalOutcome> RunAsync(Actor actor, NewAdoption wanted, string? reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(wanted);
        UserId person = actor.User ?? throw new ArgumentException("A person proposes.", nameof(actor));
        return propose.RunAsync(actor, PolicyProposal.Name, PolicyProposal.Of(wanted, person), reason, cancellationToken);
    }
}
