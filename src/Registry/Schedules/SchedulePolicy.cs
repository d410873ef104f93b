using Governance.Registry.Access;

namespace Governance.Registry.Schedules;

/// <summary>Who may make and change schedules. Pure.</summary>
/// <remarks>
/// Scheduling is an operator's right. Whoever a schedule runs as may stop it too, even after they lost that right: a run in
/// one's own name can always be ended.
/// </remarks>
public static class SchedulePolicy
{
    /// <summary>Why somebody may not make a schedule on a model, or null where they may.</summary>
    public static Refusal? RefusalToAdd(Standing standing)
    {
        ArgumentNullException.ThrowIfNull(standing);
        return standing.RefusalFor(Right.Operate);
    }

    /// <summary>Why somebody may not take a step, or null where they may.</summary>
    /// <param name="kind">Which step.</param>
    /// <param name="entry">The schedule with what was done to it.</param>
    /// <param name="standing">How they stand to its model.</param>
    public static Refusal? RefusalFor(ScheduleStepKind kind, ScheduleEntry entry, Standing standing)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(standing);
        bool own = standing.Person?.Id == entry.Schedule.Owner && kind != ScheduleStepKind.Resumed;
        return (own ? null : standing.RefusalFor(Right.Operate)) ?? (entry.State, kind) switch
        {
            (ScheduleState.Removed, _) => new Refusal("schedule-over", "This schedule was removed. Make a new one."),
            (ScheduleState.Paused, ScheduleStepKind.Paused) => new Refusal("schedule-paused", "This schedule is paused already."),
            (ScheduleState.Active, ScheduleStepKind.Resumed) => new Refusal("schedule-active", "This schedule is not paused."),
            _ => null,
        };
    }
}
