using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Deployments;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;

namespace Governance.Registry.Traffic;

/// <summary>Which erasure of traffic.</summary>
public readonly record struct TrafficErasureId(Guid Value) : IGuidId<TrafficErasureId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static TrafficErasureId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static TrafficErasureId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Why rows of traffic were erased.</summary>
public enum TrafficErasureCause
{
    /// <summary>Somebody asked for the erasing of their rows; what was counted from them was counted anew.</summary>
    Subject,

    /// <summary>Their time was over; what was counted from them stays.</summary>
    Retention,
}

/// <summary>That rows of traffic were erased. Written once; it names no row, only a keyed digest of their ids.</summary>
public sealed class TrafficErasure : IFact, IAppendOnly
{
    /// <summary>Records an erasure.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="deployment">Of which deployment.</param>
    /// <param name="cause">Why.</param>
    /// <param name="rows">Rows that were erased.</param>
    /// <param name="labels">Labels that were erased.</param>
    /// <param name="firstDay">The first UTC day that lost some.</param>
    /// <param name="lastDay">The last UTC day that lost some.</param>
    /// <param name="ids">The keyed digest of the list of ids; null for retention, where all of the days went.</param>
    /// <param name="reason">The digest of what the person wrote; null for retention.</param>
    /// <param name="by">Who erased; null for the system.</param>
    /// <param name="at">UTC, to the microsecond.</param>
    public TrafficErasure(
        TrafficErasureId id, DeploymentId deployment, TrafficErasureCause cause, long rows, long labels, DateOnly firstDay, DateOnly lastDay,
        FactDigest? ids, FactDigest? reason, UserId? by, DateTimeOffset at)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(labels);
        Id = id;
        Deployment = deployment;
        Cause = cause;
        Rows = rows;
        Labels = labels;
        FirstDay = firstDay;
        LastDay = lastDay;
        Ids = ids;
        Reason = reason;
        By = by;
        At = at;
    }

    public TrafficErasureId Id { get; private init; }

    public DeploymentId Deployment { get; private init; }

    public TrafficErasureCause Cause { get; private init; }

    public long Rows { get; private init; }

    public long Labels { get; private init; }

    public DateOnly FirstDay { get; private init; }

    public DateOnly LastDay { get; private init; }

    public FactDigest? Ids { get; private init; }

    public FactDigest? Reason { get; private init; }

    public UserId? By { get; private init; }

    public DateTimeOffset At { get; private init; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.TrafficErasure, Id.ToString());

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["deployment"] = Deployment.ToString(),
        ["cause"] = Cause.ToString(),
        ["rows"] = Rows,
        ["labels"] = Labels,
        ["firstDay"] = FirstDay.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        ["lastDay"] = LastDay.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        ["ids"] = Ids?.Hex,
        ["reason"] = Reason?.Hex,
        ["by"] = By?.ToString(),
        ["at"] = Microseconds.Iso(At),
    };
}
