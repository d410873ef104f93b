using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Teams;

/// <summary>Puts people into teams and takes them out; an administrator may, and the system, but nobody themself in.</summary>
public sealed class ChangeMembership(AppendGate gate)
{
    /// <summary>Puts a person into a team, or takes them out.</summary>
    /// <param name="actor">Who does it.</param>
    /// <param name="team">The team's name.</param>
    /// <param name="user">Who.</param>
    /// <param name="belongs">Whether they belong to it from now on.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public Task<MembershipOutcome> RunAsync(
        Actor actor, string team, UserId user, bool belongs, CancellationToken cancellationToken) =>
        gate.RunAsync<MembershipOutcome>(actor, async change =>
        {
            Standing standing = await Standing.LoadAsync(change.Db, actor, null, cancellationToken);
            Team? row = await change.Db.Teams.AsNoTracking().FirstOrDefaultAsync(each => each.Name == team, cancellationToken);
            Refusal? refusal = standing.RefusalFor(Right.Administer)
                ?? (belongs && actor.User == user
                    ? new Refusal("self-grant", "Nobody puts themself into a team: its models would be theirs. Ask another administrator.")
                : row is null || await Standing.FindPersonAsync(change.Db, user, cancellationToken) is null
                    ? new Refusal("unknown", "There is no such team or no such account.")
                : null);
            return refusal is not null
                ? new MembershipOutcome.Refused(refusal)
                : await ChangeAsync(change, row!, user, belongs, cancellationToken);
        }, cancellationToken);

    private static async Task<MembershipOutcome> ChangeAsync(
        RegistryChange change, Team team, UserId user, bool belongs, CancellationToken cancellationToken)
    {
        TeamId id = team.Id;
        TeamMember? present = await change.Db.TeamMembers.FirstOrDefaultAsync(
            member => member.Team == id && member.User == user && member.RemovedAt == null, cancellationToken);
        if (belongs && present is null)
        {
            change.Add(new TeamMember(TeamMemberId.New(), id, user, change.Actor.User, change.Now), "team.member-added", team.Subject);
        }
        else if (!belongs && present is not null)
        {
            change.Change(present, "team.member-removed", team.Subject, member => member.Remove(change.Now));
        }
        else if (!belongs)
        {
            return new MembershipOutcome.Refused(new Refusal("no-member", "This person does not belong to the team."));
        }

        return new MembershipOutcome.Changed();
    }
}

/// <summary>What came of a change of a team.</summary>
public abstract record MembershipOutcome
{
    private MembershipOutcome()
    {
    }

    /// <summary>It is as asked, or was already.</summary>
    public sealed record Changed : MembershipOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : MembershipOutcome;
}
