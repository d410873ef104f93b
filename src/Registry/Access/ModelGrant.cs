using System.Text.Json.Nodes;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Teams;
using Governance.Registry.Versions;

namespace Governance.Registry.Access;

/// <summary>That a model exists for a person or for the people of a team. Revoked or expired, it stays on record.</summary>
public sealed class ModelGrant : IFact
{
    /// <summary>Grants <paramref name="model"/> to a person or a team.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="user">Which person; null where it is a team.</param>
    /// <param name="team">Which team; null where it is a person.</param>
    /// <param name="model">On which model.</param>
    /// <param name="explanations">A consumer may also ask for explanations of rows.</param>
    /// <param name="personalRows">A reviewer may also see rows with personal data; every look is logged.</param>
    /// <param name="stages">The stages of a version in which it holds; empty for all.</param>
    /// <param name="expiresAt">When it ends by itself, exclusive, UTC, to the microsecond; null for never.</param>
    /// <param name="grantedBy">Who granted it; null for the system.</param>
    /// <param name="grantedAt">UTC, to the microsecond.</param>
    /// <exception cref="ArgumentException">Not exactly one of person and team is given.</exception>
    public ModelGrant(
        ModelGrantId id, UserId? user, TeamId? team, ModelId model, bool explanations, bool personalRows,
        EnumSet<Stage> stages, DateTimeOffset? expiresAt, UserId? grantedBy, DateTimeOffset grantedAt)
    {
        if (user is null == team is null)
        {
            throw new ArgumentException("A grant is to one person or to one team.", nameof(team));
        }

        Id = id;
        User = user;
        Team = team;
        Model = model;
        Explanations = explanations;
        PersonalRows = personalRows;
        Stages = stages;
        ExpiresAt = expiresAt;
        GrantedBy = grantedBy;
        GrantedAt = grantedAt;
    }

    public ModelGrantId Id { get; private init; }

    /// <summary>The person; null where it is to a team.</summary>
    public UserId? User { get; private init; }

    /// <summary>The team; null where it is to a person.</summary>
    public TeamId? Team { get; private init; }

    public ModelId Model { get; private init; }

    public bool Explanations { get; private init; }

    public bool PersonalRows { get; private init; }

    /// <summary>The stages of a version in which it holds; empty for all.</summary>
    public EnumSet<Stage> Stages { get; private init; }

    /// <summary>When it ends by itself, exclusive; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; private init; }

    public UserId? GrantedBy { get; private init; }

    public DateTimeOffset GrantedAt { get; private init; }

    /// <summary>Null while nobody revoked it.</summary>
    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>Counts the changes of the row: the concurrency token.</summary>
    public int Revision { get; private set; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.Grant, Id.ToString());

    /// <summary>Whether it was neither revoked nor has expired.</summary>
    public bool HoldsAt(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is not DateTimeOffset end || now < end);

    /// <summary>Whether it speaks of versions in this stage.</summary>
    public bool HoldsIn(Stage stage) => Stages.IsEmpty || Stages.Contains(stage);

    /// <summary>Ends the grant.</summary>
    /// <exception cref="InvalidOperationException">It has ended already.</exception>
    public void Revoke(DateTimeOffset at)
    {
        RevokedAt = RevokedAt is null ? at : throw new InvalidOperationException("The grant has ended already.");
        Revision++;
    }

    /// <inheritdoc/>
    /// <remarks>Team, stages and end stand in it only where they say something: grants from before keep their digests.</remarks>
    public JsonObject ToFact()
    {
        JsonObject fact = new()
        {
            ["user"] = User?.ToString(),
            ["model"] = Model.ToString(),
            ["explanations"] = Explanations,
            ["personalRows"] = PersonalRows,
            ["grantedBy"] = GrantedBy?.ToString(),
            ["grantedAt"] = Microseconds.Iso(GrantedAt),
            ["revokedAt"] = RevokedAt is DateTimeOffset at ? Microseconds.Iso(at) : null,
        };
        if (Team is TeamId team)
        {
            fact["team"] = team.ToString();
        }

        if (!Stages.IsEmpty)
        {
            fact["stages"] = Stages.ToString();
        }

        if (ExpiresAt is DateTimeOffset end)
        {
            fact["expiresAt"] = Microseconds.Iso(end);
        }

        return fact;
    }
}
