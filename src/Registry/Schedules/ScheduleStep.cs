using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;

namespace Governance.Registry.Schedules;

/// <summary>A pause, a resumption or the end of a schedule. Written once.</summary>
public sealed class ScheduleStep : IFact, IAppendOnly
{
    /// <summary>Records a step.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="schedule">Of which schedule.</param>
    /// <param name="number">From 1, in order.</param>
    /// <param name="kind">What was done.</param>
    /// <param name="by">Who did it.</param>
    /// <param name="at">UTC, to the microsecond.</param>
    /// <param name="reason">Digest of why; null where nothing was said.</param>
    public ScheduleStep(ScheduleStepId id, ScheduleId schedule, int number, ScheduleStepKind kind, UserId by, DateTimeOffset at, FactDigest? reason)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        Id = id;
        Schedule = schedule;
        Number = number;
        Kind = kind;
        By = by;
        At = at;
        Reason = reason;
    }

    public ScheduleStepId Id { get; private init; }

    public ScheduleId Schedule { get; private init; }

    public int Number { get; private init; }

    public ScheduleStepKind Kind { get; private init; }

    public UserId By { get; private init; }

    public DateTimeOffset At { get; private init; }

    public FactDigest? Reason { get; private init; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.ScheduleStep, Id.ToString());

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["schedule"] = Schedule.ToString(),
        ["number"] = Number,
        ["kind"] = Kind.ToString(),
        ["by"] = By.ToString(),
        ["at"] = Microseconds.Iso(At),
        ["reason"] = Reason?.Hex,
    };
}

/// <summary>A schedule with everything that was done to it.</summary>
/// <param name="Schedule">The fact.</param>
/// <param name="Steps">In order.</param>
public sealed record ScheduleEntry(Schedule Schedule, IReadOnlyList<ScheduleStep> Steps)
{
    /// <summary>Where it stands.</summary>
    public ScheduleState State => Steps.Count == 0 ? ScheduleState.Active : Steps[^1].Kind switch
    {
        ScheduleStepKind.Paused => ScheduleState.Paused,
        ScheduleStepKind.Removed => ScheduleState.Removed,
        _ => ScheduleState.Active,
    };

    /// <summary>Since when its ticks and triggers count: it was made, or resumed last.</summary>
    public DateTimeOffset ActiveSince => Steps.LastOrDefault(step => step.Kind == ScheduleStepKind.Resumed)?.At ?? Schedule.CreatedAt;
}
