using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Teams;

/// <summary>Makes a team; an administrator may, and the system.</summary>
public sealed class AddTeam(AppendGate gate)
{
    /// <summary>Makes it, without members.</summary>
    /// <param name="actor">Who makes it.</param>
    /// <param name="name">Unique; keeps <see cref="NameRule"/>.</param>
    /// <param name="title">What people call it; null or blank for the name.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public Task<AddTeamOutcome> RunAsync(Actor actor, string name, string? title, CancellationToken cancellationToken) =>
        gate.RunAsync<AddTeamOutcome>(actor, async change =>
        {
            Standing standing = await Standing.LoadAsync(change.Db, actor, null, cancellationToken);
            string wanted = name.Trim();
            string called = string.IsNullOrWhiteSpace(title) ? wanted : title.Trim();
            Refusal? refusal = standing.RefusalFor(Right.Administer)
                ?? (!NameRule.Fits(wanted) ? new Refusal("bad-name", NameRule.Sentence)
                : called.Length > Team.MaxTitleLength ? new Refusal("bad-title", $"A title has at most {Team.MaxTitleLength} characters.")
                : await change.Db.Teams.AnyAsync(row => row.Name == wanted, cancellationToken)
                    ? new Refusal("taken", "There is a team of this name already. Choose another.")
                : null);
            if (refusal is not null)
            {
                return new AddTeamOutcome.Refused(refusal);
            }

            Team team = new(TeamId.New(), wanted, called, actor.User, change.Now);
            change.Add(team, "team.made", scope: null);
            return new AddTeamOutcome.Added(team);
        }, cancellationToken);
}

/// <summary>What came of a new team.</summary>
public abstract record AddTeamOutcome
{
    private AddTeamOutcome()
    {
    }

    /// <summary>It exists.</summary>
    public sealed record Added(Team Team) : AddTeamOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : AddTeamOutcome;
}
