using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;

namespace Governance.Registry.Versions;

/// <summary>That a version moved from one stage to another. Written once.</summary>
public sealed class StageMove : IFact, IAppendOnly
{
    /// <summary>The longest reason of the system's own, in UTF-16 code units.</summary>
    public const int MaxCauseLength = 200;

    /// <summary>Records a move.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="version">Which version.</param>
    /// <param name="number">The how-manieth move of the version, from 1.</param>
    /// <param name="from">Where it stood.</param>
    /// <param name="to">Where it stands now.</param>
    /// <param name="by">Who moved it; null for the system.</param>
    /// <param name="at">UTC, to the microsecond.</param>
    /// <param name="cause">What caused it, in our words ("submitted", "new evidence was sealed").</param>
    /// <param name="reason">What the person wrote; null where they wrote nothing.</param>
    public StageMove(
        StageMoveId id, ModelVersionId version, int number, Stage from, Stage to, UserId? by, DateTimeOffset at,
        string cause, FactDigest? reason)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentException.ThrowIfNullOrWhiteSpace(cause);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cause.Length, MaxCauseLength, nameof(cause));
        Id = id;
        Version = version;
        Number = number;
        From = from;
        To = to;
        By = by;
        At = at;
        Cause = cause;
        Reason = reason;
    }

    public StageMoveId Id { get; private init; }

    public ModelVersionId Version { get; private init; }

    /// <summary>From 1, per version, without a gap.</summary>
    public int Number { get; private init; }

    public Stage From { get; private init; }

    public Stage To { get; private init; }

    public UserId? By { get; private init; }

    public DateTimeOffset At { get; private init; }

    public string Cause { get; private init; }

    /// <summary>The digest of a <see cref="PersonalText"/>.</summary>
    public FactDigest? Reason { get; private init; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.Move, Id.ToString());

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["version"] = Version.ToString(),
        ["number"] = Number,
        ["from"] = From.ToString(),
        ["to"] = To.ToString(),
        ["by"] = By?.ToString(),
        ["at"] = Microseconds.Iso(At),
        ["cause"] = Cause,
        ["reason"] = Reason?.Hex,
    };
}
