using Governance.Registry.Deployments;
using Governance.Registry.Versions;

namespace Governance.Registry.Schedules;

/// <summary>What somebody asks to be run again and again, and when.</summary>
public sealed record SchedulePlan
{
    /// <summary>What people call it; 1 to <see cref="Schedule.MaxNameLength"/> characters.</summary>
    public required string Name { get; init; }

    /// <summary>What is run.</summary>
    public required ScheduleWork Work { get; init; }

    /// <summary>What makes it run.</summary>
    public required ScheduleTrigger Trigger { get; init; }

    /// <summary>Which version is audited; null for the one that the trigger names, or the model's newest.</summary>
    public ModelVersionId? Version { get; init; }

    /// <summary>Whose monitors, labels or alerts; null for none.</summary>
    public DeploymentId? Deployment { get; init; }

    /// <summary>The audit's options as canonical JSON; null for monitors.</summary>
    public string? Spec { get; init; }

    /// <summary>Quartz's form of cron; null for other triggers than the clock.</summary>
    public string? Cron { get; init; }

    /// <summary>Such as Europe/Berlin; null without a clock.</summary>
    public string? TimeZone { get; init; }

    /// <summary>After how many new labels; null for other triggers.</summary>
    public int? Labels { get; init; }

    /// <summary>How many days before evidence expires; null for other triggers.</summary>
    public int? DaysBefore { get; init; }
}

/// <summary>Whether the parts of a plan fit each other. Pure; whether its cron can be read, the clock judges.</summary>
public static class ScheduleRule
{
    /// <summary>The longest time before an expiry, in days.</summary>
    public const int MostDays = 366;

    /// <summary>What is wrong with a plan, in a sentence; null where nothing is.</summary>
    public static string? FaultOf(SchedulePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return string.IsNullOrWhiteSpace(plan.Name) || plan.Name.Length > Schedule.MaxNameLength ? $"Give the schedule a name of 1 to {Schedule.MaxNameLength} characters."
            : FaultOfWork(plan) ?? FaultOfTrigger(plan);
    }

    private static string? FaultOfWork(SchedulePlan plan) => plan.Work switch
    {
        ScheduleWork.Monitors when plan.Deployment is null => "Monitors belong to a deployment: name one.",
        ScheduleWork.Monitors when plan.Spec is not null => "Monitors have a plan of their own and no audit spec.",
        ScheduleWork.Audit when plan.Spec is null => "An audit needs its spec.",
        _ => null,
    };

    private static string? FaultOfTrigger(SchedulePlan plan)
    {
        if (plan.Trigger == ScheduleTrigger.Clock
            && (string.IsNullOrWhiteSpace(plan.Cron) || plan.Cron.Length > Schedule.MaxCronLength || plan.TimeZone is null or { Length: 0 or > Schedule.MaxZoneLength }))
        {
            return "A schedule by the clock needs a cron expression and a time zone.";
        }

        if (plan.Trigger != ScheduleTrigger.Clock && (plan.Cron is not null || plan.TimeZone is not null))
        {
            return "Cron and time zone belong to a schedule by the clock.";
        }

        return (plan.Trigger == ScheduleTrigger.Labels) != (plan.Labels is not null) ? "After how many new labels it runs is said of a schedule that waits for labels."
            : plan.Labels < 1 ? "It runs after at least 1 new label."
            : plan.Trigger == ScheduleTrigger.Labels && plan.Deployment is null ? "Labels belong to a deployment: name one."
            : (plan.Trigger == ScheduleTrigger.EvidenceExpiring) != (plan.DaysBefore is not null) ? "How many days before evidence expires is said of a schedule that waits for it."
            : plan.DaysBefore is < 1 or > MostDays ? $"Evidence is renewed 1 to {MostDays} days before it expires."
            : plan.Trigger is ScheduleTrigger.NewVersion or ScheduleTrigger.EvidenceExpiring && plan.Work == ScheduleWork.Monitors
                ? "Monitors run by the clock, after labels or after an alert."
            : plan.Trigger == ScheduleTrigger.NewVersion && plan.Version is not null ? "A schedule that waits for a new version audits that one; leave the version out."
            : null;
    }
}
