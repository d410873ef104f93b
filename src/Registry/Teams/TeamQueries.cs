using Governance.Registry.Access;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Teams;

/// <summary>A team with the people who belong to it now.</summary>
/// <param name="Team">The team.</param>
/// <param name="Members">By name.</param>
public sealed record TeamView(Team Team, IReadOnlyList<TeamPerson> Members);

/// <summary>A person of a team.</summary>
/// <param name="Id">Who.</param>
/// <param name="UserName">For signing in.</param>
/// <param name="Name">The name that pages show.</param>
/// <param name="Since">Since when they belong to it.</param>
public sealed record TeamPerson(UserId Id, string UserName, string Name, DateTimeOffset Since);

/// <summary>Reads teams. Who may look is judged by who asks: a page of administrators, or a rule.</summary>
public sealed class TeamQueries(IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>The teams that a person belongs to now, in the order of their ids.</summary>
    public async Task<IReadOnlyList<TeamId>> TeamsOfAsync(UserId user, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await TeamsOfAsync(db, user, cancellationToken);
    }

    /// <summary>Every team with its members, by title.</summary>
    public async Task<IReadOnlyList<TeamView>> ListAsync(CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        ILookup<TeamId, TeamMember> members = (await db.TeamMembers.AsNoTracking().Where(member => member.RemovedAt == null)
            .ToListAsync(cancellationToken)).ToLookup(member => member.Team);
        Dictionary<Guid, GovernanceUser> people = await db.Users.AsNoTracking().ToDictionaryAsync(user => user.Id, cancellationToken);
        List<Team> teams = await db.Teams.AsNoTracking().ToListAsync(cancellationToken);
        return
        [
            .. teams.OrderBy(team => team.Title, StringComparer.OrdinalIgnoreCase).Select(team => new TeamView(
                team,
                [
                    .. members[team.Id].Where(member => people.ContainsKey(member.User.Value))
                        .Select(member => new TeamPerson(
                            member.User, people[member.User.Value].UserName ?? "", people[member.User.Value].DisplayName, member.AddedAt))
                        .OrderBy(person => person.Name, StringComparer.OrdinalIgnoreCase),
                ])),
        ];
    }

    internal static async Task<TeamId[]> TeamsOfAsync(GovernanceDb db, UserId user, CancellationToken cancellationToken) =>
        [.. (await db.TeamMembers.AsNoTracking().Where(member => member.User == user && member.RemovedAt == null)
            .Select(member => member.Team).ToArrayAsync(cancellationToken)).Distinct().OrderBy(team => team.Value)];
}
