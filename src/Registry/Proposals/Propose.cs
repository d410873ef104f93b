using System.Text;
using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;

namespace Governance.Registry.Proposals;

/// <summary>Proposes a change that a second person has to confirm.</summary>
public sealed class Propose(AppendGate gate, IEnumerable<IProposedChange> kinds)
{
    /// <summary>Proposes it, if its kind lets the person.</summary>
    /// <param name="actor">A person.</param>
    /// <param name="kind">Which kind of change.</param>
    /// <param name="what">The change.</param>
    /// <param name="reason">Why, in their own words.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <exception cref="ArgumentException">The actor is the system, or there is no such kind.</exception>
    public Task<ProposalOutcome> RunAsync(
        Actor actor, string kind, JsonObject what, string? reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(what);
        UserId person = actor.User ?? throw new ArgumentException("A person proposes.", nameof(actor));
        IProposedChange handler = kinds.FirstOrDefault(each => each.Kind == kind)
            ?? throw new ArgumentException($"There is no kind of change '{kind}'.", nameof(kind));
        PersonalText? text = string.IsNullOrWhiteSpace(reason) || reason.Trim().Length > PersonalText.MaxLength
            ? null
            : PersonalText.Write(reason.Trim());
        return gate.RunAsync<ProposalOutcome>(actor, async change =>
        {
            Holdings holdings = await Holdings.LoadAsync(change.Db, person, cancellationToken)
                ?? throw new InvalidOperationException("The actor has no account.");
            Refusal? refusal = await handler.RefusalForAsync(change.Db, holdings, what, cancellationToken)
                ?? (text is null ? new Refusal("no-reason", $"Say why, in 1 to {PersonalText.MaxLength} characters: the second person reads it.") : null);
            if (refusal is not null)
            {
                return new ProposalOutcome.Refused(refusal);
            }

            Proposal proposal = new(
                ProposalId.New(), kind, Encoding.UTF8.GetString(CanonicalJson.Serialize(what)), person, text!.Digest,
                change.Now, change.Now + Proposal.Open);
            change.Add(proposal, "proposal.made", scope: null, text);
            return new ProposalOutcome.Recorded(proposal);
        }, cancellationToken);
    }
}

/// <summary>What came of a step of a proposal.</summary>
public abstract record ProposalOutcome
{
    private ProposalOutcome()
    {
    }

    /// <summary>It is recorded, and where it was confirmed, made.</summary>
    public sealed record Recorded(Proposal Proposal) : ProposalOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : ProposalOutcome;
}
