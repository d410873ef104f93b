using Governance.Registry.Storage;
using Governance.Registry.Teams;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Access;

/// <summary>Names of people and teams, for sentences about access.</summary>
public sealed class AccessNames
{
    private readonly Dictionary<UserId, string> people;
    private readonly Dictionary<TeamId, string> teams;

    private AccessNames(Dictionary<UserId, string> people, Dictionary<TeamId, string> teams)
    {
        this.people = people;
        this.teams = teams;
    }

    /// <summary>No name at all: everyone is "someone". For programs, which get ids elsewhere.</summary>
    public static AccessNames None { get; } = new([], []);

    /// <summary>Reads all names.</summary>
    public static async Task<AccessNames> LoadAsync(GovernanceDb db, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        return new AccessNames(
            new(await PeopleQueries.NamesAsync(db, cancellationToken)),
            await db.Teams.AsNoTracking().ToDictionaryAsync(team => team.Id, team => team.Title, cancellationToken));
    }

    /// <summary>A person's name; "the system" for null.</summary>
    public string Of(UserId? user) => user is not UserId id ? "the system" : people.GetValueOrDefault(id, "someone");

    /// <summary>A team's title.</summary>
    public string Of(TeamId team) => teams.GetValueOrDefault(team, "of theirs");
}
