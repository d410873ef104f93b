using Governance.Registry.Teams;

namespace Governance.Registry.Access;

/// <summary>To whom a model is granted: one person, or one team.</summary>
public readonly record struct GrantHolder
{
    private GrantHolder(UserId? user, TeamId? team)
    {
        User = user;
        Team = team;
    }

    /// <summary>The person; null for a team.</summary>
    public UserId? User { get; }

    /// <summary>The team; null for a person.</summary>
    public TeamId? Team { get; }

    /// <summary>A person.</summary>
    public static GrantHolder Of(UserId user) => new(user, null);

    /// <summary>A team.</summary>
    public static GrantHolder Of(TeamId team) => new(null, team);
}
