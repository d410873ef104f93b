using Governance.Registry.Evidence;
using Governance.Registry.Versions;

namespace Governance.Registry.Schedules;

/// <summary>One run of a schedule, or one that did not happen: when it was due, what started it, what became of it.</summary>
/// <remarks>
/// An operational row and no fact: what an audit found is evidence with entries of its own. The pair of schedule and due
/// moment is unique, so that one tick is never run twice, whichever node is first.
/// </remarks>
public sealed class ScheduleRun
{
    /// <summary>The longest message, in UTF-16 code units.</summary>
    public const int MaxMessageLength = 500;

    /// <summary>The longest name of a node.</summary>
    public const int MaxNodeLength = 100;

    /// <summary>A run that starts, or one that did not happen.</summary>
    public ScheduleRun(ScheduleRunId id, ScheduleId schedule, DateTimeOffset dueAt, ScheduleRunCause cause, ScheduleRunStatus status, DateTimeOffset recordedAt)
    {
        Id = id;
        Schedule = schedule;
        DueAt = dueAt;
        Cause = cause;
        Status = status;
        RecordedAt = recordedAt;
    }

    public ScheduleRunId Id { get; private init; }

    public ScheduleId Schedule { get; private init; }

    /// <summary>The tick, or the moment in which what it waits for came; UTC.</summary>
    public DateTimeOffset DueAt { get; private init; }

    public ScheduleRunCause Cause { get; private init; }

    public ScheduleRunStatus Status { get; internal set; }

    /// <summary>The audit that it started; null for monitors, and where it came to none.</summary>
    public AuditRunId? Run { get; init; }

    /// <summary>The version that it was about; null for none.</summary>
    public ModelVersionId? Version { get; init; }

    public DateTimeOffset RecordedAt { get; private init; }

    public DateTimeOffset? EndedAt { get; internal set; }

    /// <summary>The process that works on it, for monitors; null for audits, which have a lease of their own.</summary>
    public string? Node { get; init; }

    /// <summary>When that process was last heard of.</summary>
    public DateTimeOffset? SeenAt { get; internal set; }

    /// <summary>Why it did not happen or failed, in a sentence; null for nothing to say.</summary>
    public string? Message { get; internal set; }
}

/// <summary>Something that a schedule waits for came. An operational row: what came has its own fact.</summary>
public sealed class TriggerSignal
{
    /// <summary>The longest key, in UTF-16 code units.</summary>
    public const int MaxKeyLength = 200;

    /// <summary>A signal.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="schedule">For which schedule.</param>
    /// <param name="key">What came; the same twice counts once.</param>
    /// <param name="count">How much of it, such as labels; at least 1.</param>
    /// <param name="version">Which version it is about; null where the schedule says it.</param>
    /// <param name="at">When it was noted; UTC.</param>
    public TriggerSignal(Guid id, ScheduleId schedule, string key, long count, ModelVersionId? version, DateTimeOffset at)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, MaxKeyLength, nameof(key));
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Id = id;
        Schedule = schedule;
        Key = key;
        Count = count;
        Version = version;
        At = at;
    }

    public Guid Id { get; private init; }

    public ScheduleId Schedule { get; private init; }

    public string Key { get; private init; }

    public long Count { get; private init; }

    public ModelVersionId? Version { get; private init; }

    public DateTimeOffset At { get; private init; }

    /// <summary>The run that it started or took part in; null while it waits.</summary>
    public ScheduleRunId? TakenBy { get; private set; }

    /// <summary>Waiting → taken.</summary>
    internal void Take(ScheduleRunId run) => TakenBy = run;
}
