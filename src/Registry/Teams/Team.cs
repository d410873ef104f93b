using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;

namespace Governance.Registry.Teams;

/// <summary>People to whom models are granted together. Written once; who belongs to it are <see cref="TeamMember"/> rows.</summary>
public sealed class Team : IFact, IAppendOnly
{
    /// <summary>The longest title, in UTF-16 code units.</summary>
    public const int MaxTitleLength = 100;

    /// <summary>Makes a team.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="name">Unique; keeps <see cref="NameRule"/>.</param>
    /// <param name="title">What people call it.</param>
    /// <param name="madeBy">Who made it; null for the system.</param>
    /// <param name="madeAt">UTC, to the microsecond.</param>
    /// <exception cref="ArgumentException">The name breaks its rule, or the title is blank or too long.</exception>
    public Team(TeamId id, string name, string title, UserId? madeBy, DateTimeOffset madeAt)
    {
        if (!NameRule.Fits(name))
        {
            throw new ArgumentException(NameRule.Sentence, nameof(name));
        }

        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(title.Length, MaxTitleLength, nameof(title));
        Id = id;
        Name = name;
        Title = title;
        MadeBy = madeBy;
        MadeAt = madeAt;
    }

    public TeamId Id { get; private init; }

    public string Name { get; private init; }

    public string Title { get; private init; }

    public UserId? MadeBy { get; private init; }

    public DateTimeOffset MadeAt { get; private init; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.Team, Id.ToString());

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["name"] = Name,
        ["title"] = Title,
        ["madeBy"] = MadeBy?.ToString(),
        ["madeAt"] = Microseconds.Iso(MadeAt),
    };
}
