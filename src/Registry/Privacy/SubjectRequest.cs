using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Privacy;

/// <summary>Which request of a person about their own data.</summary>
public readonly record struct SubjectRequestId(Guid Value) : IGuidId<SubjectRequestId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static SubjectRequestId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static SubjectRequestId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>What a person wants of their data.</summary>
public enum SubjectRequestKind
{
    /// <summary>A copy of their rows.</summary>
    Export,

    /// <summary>Their rows removed.</summary>
    Erase,
}

/// <summary>
/// That a compliance approver asked, for a person, for a copy or the erasing of that person's rows; and that another person
/// carried it out. Who the data are about stands here as a keyed digest only.
/// </summary>
public sealed class SubjectRequest : IFact
{
    /// <summary>Puts a request on record.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="kind">What is wanted.</param>
    /// <param name="key">The keyed digest of what names the person.</param>
    /// <param name="reason">The digest of what the asker wrote.</param>
    /// <param name="requestedBy">Who asked.</param>
    /// <param name="requestedAt">UTC, to the microsecond.</param>
    public SubjectRequest(
        SubjectRequestId id, SubjectRequestKind kind, FactDigest key, FactDigest reason, UserId requestedBy, DateTimeOffset requestedAt)
    {
        Id = id;
        Kind = kind;
        Key = key;
        Reason = reason;
        RequestedBy = requestedBy;
        RequestedAt = requestedAt;
    }

    public SubjectRequestId Id { get; private init; }

    public SubjectRequestKind Kind { get; private init; }

    public FactDigest Key { get; private init; }

    public FactDigest Reason { get; private init; }

    public UserId RequestedBy { get; private init; }

    public DateTimeOffset RequestedAt { get; private init; }

    /// <summary>Who carried it out; null while it is open.</summary>
    public UserId? CarriedOutBy { get; private set; }

    /// <summary>When; null while it is open.</summary>
    public DateTimeOffset? CarriedOutAt { get; private set; }

    /// <summary>Counts the changes of the row: the concurrency token.</summary>
    public int Revision { get; private set; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.SubjectRequest, Id.ToString());

    /// <summary>Notes that it was carried out.</summary>
    /// <exception cref="InvalidOperationException">It was already, or by who asked for it.</exception>
    internal void CarryOut(UserId by, DateTimeOffset at)
    {
        if (CarriedOutAt is not null || by == RequestedBy)
        {
            throw new InvalidOperationException("A request is carried out once, by another person than its asker.");
        }

        CarriedOutBy = by;
        CarriedOutAt = at;
        Revision++;
    }

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["kind"] = Kind.ToString(),
        ["key"] = Key.Hex,
        ["reason"] = Reason.Hex,
        ["requestedBy"] = RequestedBy.ToString(),
        ["requestedAt"] = Microseconds.Iso(RequestedAt),
        ["carriedOutBy"] = CarriedOutBy?.ToString(),
        ["carriedOutAt"] = CarriedOutAt is DateTimeOffset at ? Microseconds.Iso(at) : null,
    };
}

internal sealed class SubjectRequestMapping : IEntityTypeConfiguration<SubjectRequest>
{
    public void Configure(EntityTypeBuilder<SubjectRequest> builder)
    {
        builder.HasKey(request => request.Id);
        builder.Property(request => request.Id).ValueGeneratedNever();
        builder.Ignore(request => request.Subject);
        builder.Property(request => request.Revision).IsConcurrencyToken();
        builder.HasIndex(request => request.Key);
    }
}
