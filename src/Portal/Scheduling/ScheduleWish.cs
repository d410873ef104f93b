using Governance.Registry.Deployments;
using Governance.Registry.Schedules;

namespace Governance.Portal.Scheduling;

/// <summary>What somebody asks for by form, API or command line, before it is checked.</summary>
internal sealed record ScheduleWish
{
    /// <summary>What people call it; that of the spec where it is left out.</summary>
    public string? Name { get; init; }

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The version's number; null for the one that the trigger names, or the newest.</summary>
    public int? Number { get; init; }

    /// <summary>The audit spec as YAML; null for monitors.</summary>
    public string? Spec { get; init; }

    /// <summary>The data set that stands for a part of the spec's data, by the part's name.</summary>
    public IReadOnlyDictionary<string, string> Chosen { get; init; } = new Dictionary<string, string>();

    /// <summary>What makes it run.</summary>
    public ScheduleTrigger Trigger { get; init; }

    /// <summary>Whose monitors, labels or alerts; null for none.</summary>
    public DeploymentId? Deployment { get; init; }

    /// <summary>Cron; that of the spec's schedule where it is left out.</summary>
    public string? Cron { get; init; }

    /// <summary>The time zone; that of the spec's schedule, else UTC, where it is left out.</summary>
    public string? TimeZone { get; init; }

    /// <summary>After how many new labels.</summary>
    public int? Labels { get; init; }

    /// <summary>How many days before evidence expires.</summary>
    public int? DaysBefore { get; init; }
}
