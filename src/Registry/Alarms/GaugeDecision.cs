using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Protection;
using Governance.Registry.Storage;

namespace Governance.Registry.Alarms;

/// <summary>What an owner said about further answers.</summary>
public enum GaugeVerdict
{
    /// <summary>So many more units.</summary>
    Approved,

    /// <summary>No more.</summary>
    Refused,
}

/// <summary>An owner's decision about a mark. Written once; the latest of a mark counts.</summary>
public sealed class GaugeDecision : IFact, IAppendOnly
{
    /// <summary>Records a decision.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="mark">About which mark.</param>
    /// <param name="verdict">What was said.</param>
    /// <param name="units">Units that may still be spent; at least 1 where approved, 0 where refused.</param>
    /// <param name="spent">Units that the principal had spent of the model when it was decided, not negative.</param>
    /// <param name="reason">Digest of why.</param>
    /// <param name="by">Who decided.</param>
    /// <param name="at">UTC, to the microsecond.</param>
    /// <exception cref="ArgumentException">The units do not fit the verdict.</exception>
    public GaugeDecision(
        GaugeDecisionId id, GaugeMarkId mark, GaugeVerdict verdict, long units, long spent, FactDigest reason, UserId by, DateTimeOffset at)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(spent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(units, BudgetChoice.MaxUnits);
        if (units < 0 || units > 0 != (verdict == GaugeVerdict.Approved))
        {
            throw new ArgumentException("An approval names at least one unit, a refusal none.", nameof(units));
        }

        Id = id;
        Mark = mark;
        Verdict = verdict;
        Units = units;
        Spent = spent;
        Reason = reason;
        By = by;
        At = at;
    }

    public GaugeDecisionId Id { get; private init; }

    public GaugeMarkId Mark { get; private init; }

    public GaugeVerdict Verdict { get; private init; }

    public long Units { get; private init; }

    public long Spent { get; private init; }

    public FactDigest Reason { get; private init; }

    public UserId By { get; private init; }

    public DateTimeOffset At { get; private init; }

    /// <summary>The principal's units of all time at which it is over.</summary>
    public long Until => Spent + Units;

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.GaugeDecision, Id.ToString());

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["mark"] = Mark.ToString(),
        ["verdict"] = Verdict.ToString(),
        ["units"] = Units,
        ["spent"] = Spent,
        ["reason"] = Reason.Hex,
        ["by"] = By.ToString(),
        ["at"] = Microseconds.Iso(At),
    };
}
