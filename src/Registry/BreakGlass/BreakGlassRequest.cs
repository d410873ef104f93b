using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;

namespace Governance.Registry.BreakGlass;

/// <summary>
/// That a person asks, in an emergency, for one right on one model that the table does not give them, and what came of it.
/// </summary>
/// <remarks>
/// The model stands by its name as the asker wrote it, whether or not there is one: asking must not tell which models exist.
/// </remarks>
public sealed class BreakGlassRequest : IFact
{
    /// <summary>How long an opened one holds.</summary>
    public static readonly TimeSpan Holds = TimeSpan.FromMinutes(60);

    /// <summary>How long after its end a review may come without being overdue.</summary>
    public static readonly TimeSpan ReviewWithin = TimeSpan.FromDays(2);

    /// <summary>How long after the waiting time it can still be opened.</summary>
    public static readonly TimeSpan OpenWithin = TimeSpan.FromDays(1);

    /// <summary>Asks.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="person">Who asks.</param>
    /// <param name="right">For which right.</param>
    /// <param name="model">On which model, by name.</param>
    /// <param name="reason">The digest of why.</param>
    /// <param name="askedAt">UTC, to the microsecond.</param>
    /// <param name="opensAt">When the waiting time is over, UTC, to the microsecond.</param>
    public BreakGlassRequest(
        BreakGlassId id, UserId person, Right right, string model, FactDigest reason, DateTimeOffset askedAt, DateTimeOffset opensAt)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        Id = id;
        Person = person;
        Right = right;
        Model = model;
        Reason = reason;
        AskedAt = askedAt;
        OpensAt = opensAt;
    }

    public BreakGlassId Id { get; private init; }

    public UserId Person { get; private init; }

    public Right Right { get; private init; }

    /// <summary>The model's name as the asker wrote it.</summary>
    public string Model { get; private init; }

    public FactDigest Reason { get; private init; }

    public DateTimeOffset AskedAt { get; private init; }

    /// <summary>From when on the asker may open it alone.</summary>
    public DateTimeOffset OpensAt { get; private init; }

    /// <summary>Who opened it: a second person, or after the waiting time the asker; null while nobody did.</summary>
    public UserId? OpenedBy { get; private set; }

    public DateTimeOffset? OpenedAt { get; private set; }

    /// <summary>Who refused it, or ended it before its hour was over; null for nobody.</summary>
    public UserId? StoppedBy { get; private set; }

    public DateTimeOffset? StoppedAt { get; private set; }

    public UserId? ReviewedBy { get; private set; }

    public DateTimeOffset? ReviewedAt { get; private set; }

    /// <summary>The digest of what the reviewer found; null before the review.</summary>
    public FactDigest? Review { get; private set; }

    /// <summary>Counts the changes of the row: the concurrency token.</summary>
    public int Revision { get; private set; }

    /// <summary>When it ends or ended, exclusive; null while it was never opened.</summary>
    public DateTimeOffset? EndsAt => OpenedAt is not DateTimeOffset opened ? null
        : StoppedAt is DateTimeOffset stopped && stopped < opened + Holds ? stopped : opened + Holds;

    /// <summary>When the review is due; null while it was never opened.</summary>
    public DateTimeOffset? ReviewDue => EndsAt + ReviewWithin;

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.BreakGlass, Id.ToString());

    /// <summary>Where it stands.</summary>
    public BreakGlassState StateAt(DateTimeOffset now) =>
        ReviewedAt is not null ? BreakGlassState.Closed
        : EndsAt is DateTimeOffset end
            ? now < end ? BreakGlassState.InForce : now < end + ReviewWithin ? BreakGlassState.AwaitsReview : BreakGlassState.Overdue
        : StoppedAt is not null ? BreakGlassState.Refused
        : now < OpensAt + OpenWithin ? BreakGlassState.Waiting : BreakGlassState.Lapsed;

    internal void Open(UserId by, DateTimeOffset at) => (OpenedBy, OpenedAt, Revision) = (by, at, Revision + 1);

    internal void Stop(UserId by, DateTimeOffset at) => (StoppedBy, StoppedAt, Revision) = (by, at, Revision + 1);

    internal void Close(UserId by, FactDigest review, DateTimeOffset at) =>
        (ReviewedBy, Review, ReviewedAt, Revision) = (by, review, at, Revision + 1);

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["person"] = Person.ToString(),
        ["right"] = Right.ToString(),
        ["model"] = Model,
        ["reason"] = Reason.Hex,
        ["askedAt"] = Microseconds.Iso(AskedAt),
        ["opensAt"] = Microseconds.Iso(OpensAt),
        ["openedBy"] = OpenedBy?.ToString(),
        ["openedAt"] = Iso(OpenedAt),
        ["stoppedBy"] = StoppedBy?.ToString(),
        ["stoppedAt"] = Iso(StoppedAt),
        ["reviewedBy"] = ReviewedBy?.ToString(),
        ["reviewedAt"] = Iso(ReviewedAt),
        ["review"] = Review?.Hex,
    };

    private static string? Iso(DateTimeOffset? at) => at is DateTimeOffset moment ? Microseconds.Iso(moment) : null;
}
