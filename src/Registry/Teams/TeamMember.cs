using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;

namespace Governance.Registry.Teams;

/// <summary>That a person belongs to a team, and so has what is granted to it. Ended, it stays on record.</summary>
public sealed class TeamMember : IFact
{
    /// <summary>Puts <paramref name="user"/> into <paramref name="team"/>.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="team">Which team.</param>
    /// <param name="user">Who.</param>
    /// <param name="addedBy">Who added them; null for the system.</param>
    /// <param name="addedAt">UTC, to the microsecond.</param>
    public TeamMember(TeamMemberId id, TeamId team, UserId user, UserId? addedBy, DateTimeOffset addedAt)
    {
        Id = id;
        Team = team;
        User = user;
        AddedBy = addedBy;
        AddedAt = addedAt;
    }

    public TeamMemberId Id { get; private init; }

    public TeamId Team { get; private init; }

    public UserId User { get; private init; }

    public UserId? AddedBy { get; private init; }

    public DateTimeOffset AddedAt { get; private init; }

    /// <summary>Null while they belong to it.</summary>
    public DateTimeOffset? RemovedAt { get; private set; }

    /// <summary>Counts the changes of the row: the concurrency token.</summary>
    public int Revision { get; private set; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.TeamMember, Id.ToString());

    /// <summary>Ends the membership.</summary>
    /// <exception cref="InvalidOperationException">It has ended already.</exception>
    public void Remove(DateTimeOffset at)
    {
        RemovedAt = RemovedAt is null ? at : throw new InvalidOperationException("The membership has ended already.");
        Revision++;
    }

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["team"] = Team.ToString(),
        ["user"] = User.ToString(),
        ["addedBy"] = AddedBy?.ToString(),
        ["addedAt"] = Microseconds.Iso(AddedAt),
        ["removedAt"] = RemovedAt is DateTimeOffset at ? Microseconds.Iso(at) : null,
    };
}
