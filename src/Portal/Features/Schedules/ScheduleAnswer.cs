using Governance.Registry.Schedules;

namespace Governance.Portal.Features.Schedules;

/// <summary>A schedule as programs get it.</summary>
internal sealed record ScheduleAnswer
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Model { get; init; }

    /// <summary>Null where the trigger says which.</summary>
    public required int? Version { get; init; }

    public required Guid? Deployment { get; init; }

    public required ScheduleWork Work { get; init; }

    public required ScheduleTrigger Trigger { get; init; }

    public required string? Cron { get; init; }

    public required string? TimeZone { get; init; }

    public required int? Labels { get; init; }

    public required int? DaysBefore { get; init; }

    public required ScheduleState State { get; init; }

    /// <summary>The owner's display name.</summary>
    public required string Owner { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null before the first run.</summary>
    public required ScheduleRunAnswer? Last { get; init; }

    /// <summary>Of a view.</summary>
    public static ScheduleAnswer Of(ScheduleView view) => new()
    {
        Id = view.Schedule.Id.Value,
        Name = view.Schedule.Name,
        Model = view.Model,
        Version = view.Number,
        Deployment = view.Schedule.Deployment?.Value,
        Work = view.Schedule.Work,
        Trigger = view.Schedule.Trigger,
        Cron = view.Schedule.Cron,
        TimeZone = view.Schedule.TimeZone,
        Labels = view.Schedule.Labels,
        DaysBefore = view.Schedule.DaysBefore,
        State = view.Entry.State,
        Owner = view.NameOf(view.Schedule.Owner),
        CreatedAt = view.Schedule.CreatedAt,
        Last = view.Last is null ? null : ScheduleRunAnswer.Of(view.Last),
    };
}

/// <summary>A run as programs get it.</summary>
/// <param name="DueAt">When it was due, UTC.</param>
/// <param name="State">How it stands.</param>
/// <param name="Cause">What started it.</param>
/// <param name="Version">The version's number; null for none.</param>
/// <param name="Run">The audit's id; null for none.</param>
/// <param name="Evidence">What it sealed; null for nothing.</param>
/// <param name="Message">Why it did not happen, or how far it is; null for nothing to say.</param>
internal sealed record ScheduleRunAnswer(
    DateTimeOffset DueAt, ScheduleRunState State, ScheduleRunCause Cause, int? Version, Guid? Run, Guid? Evidence, string? Message)
{
    /// <summary>Of a view.</summary>
    public static ScheduleRunAnswer Of(ScheduleRunView view) =>
        new(view.Row.DueAt, view.State, view.Row.Cause, view.Number, view.Audit?.Id.Value, view.Evidence?.Id.Value, view.Message);
}

/// <summary>A schedule with its latest runs.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="Runs">The latest first.</param>
internal sealed record ScheduleDetails(ScheduleAnswer Schedule, IReadOnlyList<ScheduleRunAnswer> Runs);
