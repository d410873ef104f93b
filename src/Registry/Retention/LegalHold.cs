using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;

namespace Governance.Registry.Retention;

/// <summary>Which hold.</summary>
public readonly record struct LegalHoldId(Guid Value) : IGuidId<LegalHoldId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static LegalHoldId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static LegalHoldId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>That nothing of a model or data set may be erased, whatever its class says. Released, it stays on record.</summary>
public sealed class LegalHold : IFact
{
    /// <summary>Places a hold.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="kind">What is held.</param>
    /// <param name="item">The model's or data set's id.</param>
    /// <param name="reason">The digest of what the person wrote.</param>
    /// <param name="placedBy">Who placed it; null for the system.</param>
    /// <param name="placedAt">UTC, to the microsecond.</param>
    public LegalHold(
        LegalHoldId id, RetainedKind kind, Guid item, FactDigest reason, UserId? placedBy, DateTimeOffset placedAt)
    {
        Id = id;
        Kind = kind;
        Item = item;
        Reason = reason;
        PlacedBy = placedBy;
        PlacedAt = placedAt;
    }

    public LegalHoldId Id { get; private init; }

    public RetainedKind Kind { get; private init; }

    public Guid Item { get; private init; }

    /// <summary>The digest of a <see cref="PersonalText"/>.</summary>
    public FactDigest Reason { get; private init; }

    public UserId? PlacedBy { get; private init; }

    public DateTimeOffset PlacedAt { get; private init; }

    public UserId? ReleasedBy { get; private set; }

    /// <summary>Null while it holds.</summary>
    public DateTimeOffset? ReleasedAt { get; private set; }

    /// <summary>Counts the changes of the row: the concurrency token.</summary>
    public int Revision { get; private set; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.Hold, Id.ToString());

    /// <summary>Ends the hold.</summary>
    /// <exception cref="InvalidOperationException">It has ended already.</exception>
    public void Release(UserId? by, DateTimeOffset at)
    {
        ReleasedAt = ReleasedAt is null ? at : throw new InvalidOperationException("The hold has ended already.");
        ReleasedBy = by;
        Revision++;
    }

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["kind"] = Kind.ToString(),
        ["item"] = Item.ToString(),
        ["reason"] = Reason.Hex,
        ["placedBy"] = PlacedBy?.ToString(),
        ["placedAt"] = Microseconds.Iso(PlacedAt),
        ["releasedBy"] = ReleasedBy?.ToString(),
        ["releasedAt"] = ReleasedAt is DateTimeOffset at ? Microseconds.Iso(at) : null,
    };
}
