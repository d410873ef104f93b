using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;
using Governance.Registry.Versions;

namespace Governance.Registry.Register;

/// <summary>A finding on a version that somebody has to answer for. Written once; what became of it are its steps.</summary>
public sealed class RegisterFinding : IFact, IAppendOnly
{
    /// <summary>The longest title, in UTF-16 code units.</summary>
    public const int MaxTitleLength = 300;

    /// <summary>The longest key, in UTF-16 code units.</summary>
    public const int MaxKeyLength = 200;

    /// <summary>Puts a finding on record.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="version">On which version.</param>
    /// <param name="round">The version's round at that time, from 0.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="key">The measured finding or line of the checklist that it is about; null where it is about none.</param>
    /// <param name="severity">How much it weighs.</param>
    /// <param name="title">What it says, in one line. Not personal.</param>
    /// <param name="details">More: the digest of a <see cref="PersonalText"/>; null for nothing.</param>
    /// <param name="owner">Who answers for it.</param>
    /// <param name="dueAt">Until when; null where no date was set.</param>
    /// <param name="signOff">The decision that made it: a condition or a waiver; null for others.</param>
    /// <param name="raisedBy">Who raised it; null for the system.</param>
    /// <param name="raisedAt">UTC, to the microsecond.</param>
    /// <exception cref="ArgumentException">Title or key is blank or too long, or source and decision do not fit.</exception>
    public RegisterFinding(
        RegisterFindingId id, ModelVersionId version, int round, FindingSource source, string? key, Severity severity, string title,
        FactDigest? details, UserId owner, DateTimeOffset? dueAt, SignOffId? signOff, UserId? raisedBy, DateTimeOffset raisedAt)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(round);
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(title.Length, MaxTitleLength, nameof(title));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key?.Length ?? 0, MaxKeyLength, nameof(key));
        if (signOff is null == source is FindingSource.Condition or FindingSource.Waiver)
        {
            throw new ArgumentException("Conditions and waivers come from a decision, and nothing else does.", nameof(signOff));
        }

        Id = id;
        Version = version;
        Round = round;
        Source = source;
        Key = key;
        Severity = severity;
        Title = title;
        Details = details;
        Owner = owner;
        DueAt = dueAt;
        SignOff = signOff;
        RaisedBy = raisedBy;
        RaisedAt = raisedAt;
    }

    public RegisterFindingId Id { get; private init; }

    public ModelVersionId Version { get; private init; }

    public int Round { get; private init; }

    public FindingSource Source { get; private init; }

    public string? Key { get; private init; }

    public Severity Severity { get; private init; }

    public string Title { get; private init; }

    public FactDigest? Details { get; private init; }

    /// <summary>The first owner; see <see cref="RegisterEntry.Owner"/>.</summary>
    public UserId Owner { get; private init; }

    /// <summary>The first due date; see <see cref="RegisterEntry.DueAt"/>.</summary>
    public DateTimeOffset? DueAt { get; private init; }

    public SignOffId? SignOff { get; private init; }

    public UserId? RaisedBy { get; private init; }

    public DateTimeOffset RaisedAt { get; private init; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.Finding, Id.ToString());

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["version"] = Version.ToString(),
        ["round"] = Round,
        ["source"] = Source.ToString(),
        ["key"] = Key,
        ["severity"] = Severity.ToString(),
        ["title"] = Title,
        ["details"] = Details?.Hex,
        ["owner"] = Owner.ToString(),
        ["dueAt"] = DueAt is DateTimeOffset due ? Microseconds.Iso(due) : null,
        ["signOff"] = SignOff?.ToString(),
        ["raisedBy"] = RaisedBy?.ToString(),
        ["raisedAt"] = Microseconds.Iso(RaisedAt),
    };
}
