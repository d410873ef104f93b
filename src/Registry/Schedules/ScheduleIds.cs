using Governance.Registry.Storage;

namespace Governance.Registry.Schedules;

/// <summary>Which schedule.</summary>
public readonly record struct ScheduleId(Guid Value) : IGuidId<ScheduleId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static ScheduleId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static ScheduleId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Which step of a schedule.</summary>
public readonly record struct ScheduleStepId(Guid Value) : IGuidId<ScheduleStepId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static ScheduleStepId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static ScheduleStepId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Which run of a schedule's clock or trigger.</summary>
public readonly record struct ScheduleRunId(Guid Value) : IGuidId<ScheduleRunId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static ScheduleRunId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static ScheduleRunId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
