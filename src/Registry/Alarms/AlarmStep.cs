using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;

namespace Governance.Registry.Alarms;

/// <summary>What somebody did about an alarm.</summary>
public enum AlarmStepKind
{
    /// <summary>The person whose stream it is proved again who they are.</summary>
    Confirmed,

    /// <summary>The owner looked into it and let the stream go on.</summary>
    Released,
}

/// <summary>A step after an alarm. Written once; a person's alarm is over with both kinds, any other with the release.</summary>
public sealed class AlarmStep : IFact, IAppendOnly
{
    /// <summary>Records a step.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="alarm">Which alarm.</param>
    /// <param name="kind">What was done; once an alarm and kind.</param>
    /// <param name="by">Who did it.</param>
    /// <param name="at">UTC, to the microsecond.</param>
    /// <param name="reason">Digest of why; null for a confirmation.</param>
    /// <exception cref="ArgumentException">A release has no reason.</exception>
    public AlarmStep(AlarmStepId id, TheftAlarmId alarm, AlarmStepKind kind, UserId by, DateTimeOffset at, FactDigest? reason)
    {
        if (kind == AlarmStepKind.Released && reason is null)
        {
            throw new ArgumentException("A release has a reason.", nameof(reason));
        }

        Id = id;
        Alarm = alarm;
        Kind = kind;
        By = by;
        At = at;
        Reason = reason;
    }

    public AlarmStepId Id { get; private init; }

    public TheftAlarmId Alarm { get; private init; }

    public AlarmStepKind Kind { get; private init; }

    public UserId By { get; private init; }

    public DateTimeOffset At { get; private init; }

    public FactDigest? Reason { get; private init; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.AlarmStep, Id.ToString());

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["alarm"] = Alarm.ToString(),
        ["kind"] = Kind.ToString(),
        ["by"] = By.ToString(),
        ["at"] = Microseconds.Iso(At),
        ["reason"] = Reason?.Hex,
    };
}
