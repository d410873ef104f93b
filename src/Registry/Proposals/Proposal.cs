using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;

namespace Governance.Registry.Proposals;

/// <summary>A change that two persons make together: one proposes it with a reason, another confirms or refuses it.</summary>
public sealed class Proposal : IFact
{
    /// <summary>The longest kind, in UTF-16 code units.</summary>
    public const int MaxKindLength = 32;

    /// <summary>The longest change, in UTF-16 code units of canonical JSON.</summary>
    public const int MaxChangeLength = 16_000;

    /// <summary>How long a proposal waits, and how long what was confirmed may be used.</summary>
    public static readonly TimeSpan Open = TimeSpan.FromDays(7);

    /// <summary>Proposes.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="kind">Which kind of change; see <see cref="IProposedChange.Kind"/>.</param>
    /// <param name="change">The change as canonical JSON.</param>
    /// <param name="proposedBy">Who.</param>
    /// <param name="reason">The digest of why.</param>
    /// <param name="proposedAt">UTC, to the microsecond.</param>
    /// <param name="expiresAt">When nobody can confirm it any more, exclusive, UTC.</param>
    /// <exception cref="ArgumentException">Kind or change is blank or too long.</exception>
    public Proposal(
        ProposalId id, string kind, string change, UserId proposedBy, FactDigest reason,
        DateTimeOffset proposedAt, DateTimeOffset expiresAt)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(kind);
        ArgumentException.ThrowIfNullOrWhiteSpace(change);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(kind.Length, MaxKindLength, nameof(kind));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(change.Length, MaxChangeLength, nameof(change));
        Id = id;
        Kind = kind;
        Change = change;
        ProposedBy = proposedBy;
        Reason = reason;
        ProposedAt = proposedAt;
        ExpiresAt = expiresAt;
    }

    public ProposalId Id { get; private init; }

    public string Kind { get; private init; }

    /// <summary>Canonical JSON.</summary>
    public string Change { get; private init; }

    public UserId ProposedBy { get; private init; }

    public FactDigest Reason { get; private init; }

    public DateTimeOffset ProposedAt { get; private init; }

    public DateTimeOffset ExpiresAt { get; private init; }

    /// <summary>The second person; null while nobody decided.</summary>
    public UserId? DecidedBy { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>Whether the second person said yes; null while nobody decided.</summary>
    public bool? Confirmed { get; private set; }

    /// <summary>The digest of the key of a released file, once it was shown; null where there is none.</summary>
    public FactDigest? Key { get; private set; }

    /// <summary>When what was confirmed was used up (a file downloaded); null for not yet, or where nothing is used up.</summary>
    public DateTimeOffset? UsedAt { get; private set; }

    /// <summary>Counts the changes of the row: the concurrency token.</summary>
    public int Revision { get; private set; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.Proposal, Id.ToString());

    /// <summary>The change.</summary>
    public JsonObject ReadChange() => JsonNode.Parse(Change)!.AsObject();

    /// <summary>Where it stands.</summary>
    public ProposalState StateAt(DateTimeOffset now) => Confirmed switch
    {
        true => UsedAt is null ? ProposalState.Confirmed : ProposalState.Used,
        false => ProposalState.Refused,
        null => now < ExpiresAt ? ProposalState.Waiting : ProposalState.Expired,
    };

    internal void Decide(UserId by, bool confirmed, DateTimeOffset at) =>
        (DecidedBy, Confirmed, DecidedAt, Revision) = (by, confirmed, at, Revision + 1);

    internal void Unlock(FactDigest key) => (Key, Revision) = (key, Revision + 1);

    internal void Use(DateTimeOffset at) => (UsedAt, Revision) = (at, Revision + 1);

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["kind"] = Kind,
        ["change"] = Change,
        ["proposedBy"] = ProposedBy.ToString(),
        ["reason"] = Reason.Hex,
        ["proposedAt"] = Microseconds.Iso(ProposedAt),
        ["expiresAt"] = Microseconds.Iso(ExpiresAt),
        ["decidedBy"] = DecidedBy?.ToString(),
        ["decidedAt"] = DecidedAt is DateTimeOffset decided ? Microseconds.Iso(decided) : null,
        ["confirmed"] = Confirmed,
        ["key"] = Key?.Hex,
        ["usedAt"] = UsedAt is DateTimeOffset used ? Microseconds.Iso(used) : null,
    };
}

/// <summary>Where a proposal stands at a moment.</summary>
public enum ProposalState
{
    Waiting,
    Confirmed,
    Used,
    Refused,
    Expired,
}
