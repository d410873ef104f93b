using System.Text;
using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Deployments;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;

namespace Governance.Registry.Schedules;

/// <summary>What runs again and again, when, and in whose name. Written once; pauses and its end are steps.</summary>
/// <remarks>A change of plan is another schedule: so each run can be traced to the plan that it was made by.</remarks>
public sealed class Schedule : IFact, IAppendOnly
{
    /// <summary>The longest name, in UTF-16 code units.</summary>
    public const int MaxNameLength = 100;

    /// <summary>The longest cron expression.</summary>
    public const int MaxCronLength = 120;

    /// <summary>The longest name of a time zone.</summary>
    public const int MaxZoneLength = 64;

    /// <summary>Puts a schedule on record.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="name">What people call it; not personal.</param>
    /// <param name="model">Of which model.</param>
    /// <param name="version">Which version is audited; null for the one that the trigger names, or the newest.</param>
    /// <param name="deployment">Whose monitors are run, whose labels are counted or whose alerts are waited for; null for none.</param>
    /// <param name="work">What is run.</param>
    /// <param name="spec">The audit's options as canonical JSON; null for monitors.</param>
    /// <param name="trigger">What makes it run.</param>
    /// <param name="cron">Quartz's form of cron; null for other triggers than the clock.</param>
    /// <param name="timeZone">The zone in which <paramref name="cron"/> is read; null without one.</param>
    /// <param name="labels">After how many new labels, at least 1; null for other triggers.</param>
    /// <param name="daysBefore">How many days before evidence expires, at least 1; null for other triggers.</param>
    /// <param name="owner">In whose name it runs, with the rights that they have at that moment.</param>
    /// <param name="createdAt">UTC, to the microsecond.</param>
    /// <exception cref="ArgumentException">The parts do not fit each other; <see cref="ScheduleRule"/> says it in words.</exception>
    public Schedule(
        ScheduleId id, string name, ModelId model, ModelVersionId? version, DeploymentId? deployment, ScheduleWork work, string? spec,
        ScheduleTrigger trigger, string? cron, string? timeZone, int? labels, int? daysBefore, UserId owner, DateTimeOffset createdAt)
    {
        Id = id;
        Name = name;
        Model = model;
        Version = version;
        Deployment = deployment;
        Work = work;
        Spec = spec;
        Trigger = trigger;
        Cron = cron;
        TimeZone = timeZone;
        Labels = labels;
        DaysBefore = daysBefore;
        Owner = owner;
        CreatedAt = createdAt;
        if (ScheduleRule.FaultOf(Plan) is string fault)
        {
            throw new ArgumentException(fault, nameof(name));
        }
    }

    public ScheduleId Id { get; private init; }

    public string Name { get; private init; }

    public ModelId Model { get; private init; }

    public ModelVersionId? Version { get; private init; }

    public DeploymentId? Deployment { get; private init; }

    public ScheduleWork Work { get; private init; }

    /// <summary>Canonical JSON; null for monitors.</summary>
    public string? Spec { get; private init; }

    public ScheduleTrigger Trigger { get; private init; }

    public string? Cron { get; private init; }

    public string? TimeZone { get; private init; }

    public int? Labels { get; private init; }

    public int? DaysBefore { get; private init; }

    public UserId Owner { get; private init; }

    public DateTimeOffset CreatedAt { get; private init; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.Schedule, Id.ToString());

    /// <summary>The version whose history shows it, or the model.</summary>
    public LedgerSubject Scope => Version is ModelVersionId version
        ? new LedgerSubject(LedgerSubject.Version, version.ToString())
        : new LedgerSubject(LedgerSubject.Model, Model.ToString());

    /// <summary>What was asked for.</summary>
    public SchedulePlan Plan => new()
    {
        Name = Name, Version = Version, Deployment = Deployment, Work = Work, Spec = Spec,
        Trigger = Trigger, Cron = Cron, TimeZone = TimeZone, Labels = Labels, DaysBefore = DaysBefore,
    };

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["name"] = Name,
        ["model"] = Model.ToString(),
        ["version"] = Version?.ToString(),
        ["deployment"] = Deployment?.ToString(),
        ["work"] = Work.ToString(),
        ["spec"] = Spec is null ? null : FactDigest.Of(Encoding.UTF8.GetBytes(Spec)).Hex,
        ["trigger"] = Trigger.ToString(),
        ["cron"] = Cron,
        ["timeZone"] = TimeZone,
        ["labels"] = Labels,
        ["daysBefore"] = DaysBefore,
        ["owner"] = Owner.ToString(),
        ["createdAt"] = Microseconds.Iso(CreatedAt),
    };
}
