using System.Globalization;
using Governance.Registry.Policies;
using Governance.Registry.Schedules;

namespace Governance.Portal.Features.Schedules;

/// <summary>Schedules and their runs as people say them. Pure.</summary>
internal static class ScheduleWords
{
    /// <summary>When it runs: "on day 1 of every month at 06:00 (Europe/Berlin)", "after 500 new labels".</summary>
    public static string When(SchedulePlan plan) => plan.Trigger switch
    {
        ScheduleTrigger.Clock => $"{CronWords.Of(plan.Cron!)} ({plan.TimeZone})",
        ScheduleTrigger.Labels => $"after {plan.Labels!.Value.ToString("N0", CultureInfo.InvariantCulture)} new label{(plan.Labels == 1 ? "" : "s")}",
        ScheduleTrigger.NewVersion => "for each new version",
        ScheduleTrigger.Alert => "after an alert",
        ScheduleTrigger.EvidenceExpiring => $"{plan.DaysBefore} day{(plan.DaysBefore == 1 ? "" : "s")} before evidence expires",
        _ => throw new ArgumentOutOfRangeException(nameof(plan)),
    };

    /// <summary>What it runs.</summary>
    public static string What(ScheduleWork work) => work == ScheduleWork.Audit ? "an audit" : "monitors";

    /// <summary>A state in a word.</summary>
    public static string Of(ScheduleRunState state) => state switch
    {
        ScheduleRunState.Scheduled => "waits in the queue",
        ScheduleRunState.Running => "running",
        ScheduleRunState.Sealed => "sealed",
        ScheduleRunState.Done => "done",
        ScheduleRunState.Missed => "missed",
        ScheduleRunState.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    /// <summary>The mark of a state: a run that did not happen weighs as a breach, one that has not ended as missing evidence.</summary>
    public static GateVerdict? MarkOf(ScheduleRunState state) => state switch
    {
        ScheduleRunState.Sealed or ScheduleRunState.Done => GateVerdict.Meets,
        ScheduleRunState.Missed or ScheduleRunState.Failed => GateVerdict.Breaches,
        _ => null,
    };

    /// <summary>What started a run.</summary>
    public static string Of(ScheduleRunCause cause) => cause switch
    {
        ScheduleRunCause.Clock => "by the clock",
        ScheduleRunCause.CatchUp => "to catch up",
        ScheduleRunCause.Trigger => "by its trigger",
        ScheduleRunCause.ByHand => "by hand",
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, null),
    };

    /// <summary>A state of a schedule in a word.</summary>
    public static string Of(ScheduleState state) => state switch
    {
        ScheduleState.Active => "active",
        ScheduleState.Paused => "paused",
        ScheduleState.Removed => "removed",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    /// <summary>A step as it stands in the list of what was done.</summary>
    public static string Of(ScheduleStepKind kind) => kind switch
    {
        ScheduleStepKind.Paused => "paused it",
        ScheduleStepKind.Resumed => "resumed it",
        ScheduleStepKind.Removed => "removed it",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>A step as an action.</summary>
    public static string ActionOf(ScheduleStepKind kind) => kind switch
    {
        ScheduleStepKind.Paused => "Pause it",
        ScheduleStepKind.Resumed => "Resume it",
        ScheduleStepKind.Removed => "Remove it for good",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>A moment, to the minute.</summary>
    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture) + " UTC";

    /// <summary>The page of a schedule.</summary>
    public static string AddressOf(Schedule schedule) => $"/audits/schedules/{schedule.Id}";

    /// <summary>Where a run is seen: its evidence, else its version, else the schedule.</summary>
    public static string AddressOf(ScheduleView view, ScheduleRunView run) => run.Number is not int number ? AddressOf(view.Schedule)
        : run.Evidence is { } evidence ? $"/models/{view.Model}/versions/{number}/evidence/{evidence.Id}"
        : AddressOf(view.Schedule);
}
