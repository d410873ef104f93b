using System.Text.Json.Nodes;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;

namespace Governance.Registry.Access;

/// <summary>That a model exists for a person. Revoked, it stays on record.</summary>
public sealed class ModelGrant : IFact
{
    /// <summary>Grants <paramref name="model"/> to <paramref name="user"/>.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="user">Who may.</param>
    /// <param name="model">On which model.</param>
    /// <param name="explanations">A consumer may also ask for explanations of rows.</param>
    /// <param name="personalRows">A reviewer may also see rows with personal data; every look is logged.</param>
    /// <param name="grantedBy">Who granted it; null for the system.</param>
    /// <param name="grantedAt">UTC, to the microsecond.</param>
    public ModelGrant(
        ModelGrantId id, UserId user, ModelId model, bool explanations, bool personalRows,
        UserId? grantedBy, DateTimeOffset grantedAt)
    {
        Id = id;
        User = user;
        Model = model;
        Explanations = explanations;
        PersonalRows = personalRows;
        GrantedBy = grantedBy;
        GrantedAt = grantedAt;
    }

    public ModelGrantId Id { get; private init; }

    public UserId User { get; private init; }

    public ModelId Model { get; private init; }

    public bool Explanations { get; private init; }

    public bool PersonalRows { get; private init; }

    public UserId? GrantedBy { get; private init; }

    public DateTimeOffset GrantedAt { get; private init; }

    /// <summary>Null while it holds.</summary>
    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>Counts the changes of the row: the concurrency token.</summary>
    public int Revision { get; private set; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.Grant, Id.ToString());

    /// <summary>Ends the grant.</summary>
    /// <exception cref="InvalidOperationException">It has ended already.</exception>
    public void Revoke(DateTimeOffset at)
    {
        RevokedAt = RevokedAt is null ? at : throw new InvalidOperationException("The grant has ended already.");
        Revision++;
    }

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["user"] = User.ToString(),
        ["model"] = Model.ToString(),
        ["explanations"] = Explanations,
        ["personalRows"] = PersonalRows,
        ["grantedBy"] = GrantedBy?.ToString(),
        ["grantedAt"] = Microseconds.Iso(GrantedAt),
        ["revokedAt"] = RevokedAt is DateTimeOffset at ? Microseconds.Iso(at) : null,
    };
}
