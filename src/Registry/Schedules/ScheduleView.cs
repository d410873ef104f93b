using Governance.Registry.Access;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;

namespace Governance.Registry.Schedules;

/// <summary>How a run stands, for people.</summary>
public enum ScheduleRunState
{
    /// <summary>Its audit waits in the queue.</summary>
    Scheduled,

    Running,

    /// <summary>Its evidence is sealed.</summary>
    Sealed,

    /// <summary>The monitors were read.</summary>
    Done,

    Missed,

    Failed,
}

/// <summary>A run with the audit that it started.</summary>
/// <param name="Row">The run.</param>
/// <param name="Audit">The audit that it started; null for none.</param>
/// <param name="Evidence">What the audit sealed; null while it did not.</param>
/// <param name="Number">The version's number; null where it is about none.</param>
public sealed record ScheduleRunView(ScheduleRun Row, AuditRun? Audit, EvidenceRecord? Evidence, int? Number)
{
    /// <summary>How it stands: the audit's own status counts where there is one.</summary>
    public ScheduleRunState State => Audit?.Status switch
    {
        RunStatus.Queued => ScheduleRunState.Scheduled,
        RunStatus.Running => ScheduleRunState.Running,
        RunStatus.Sealed => ScheduleRunState.Sealed,
        null => Row.Status switch
        {
            ScheduleRunStatus.Started => ScheduleRunState.Running,
            ScheduleRunStatus.Done => ScheduleRunState.Done,
            ScheduleRunStatus.Missed => ScheduleRunState.Missed,
            _ => ScheduleRunState.Failed,
        },
        _ => ScheduleRunState.Failed,
    };

    /// <summary>Whether it is still going on.</summary>
    public bool IsGoing => State is ScheduleRunState.Scheduled or ScheduleRunState.Running;

    /// <summary>Why it did not happen, or how far it is; null for nothing to say.</summary>
    public string? Message => Row.Message ?? Audit?.Message;
}

/// <summary>A schedule as pages show it.</summary>
/// <param name="Entry">The schedule with what was done to it.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Number">The version's number; null where the trigger says which.</param>
/// <param name="Names">Display names of everyone in it.</param>
/// <param name="Texts">Reasons by digest; erased ones are missing.</param>
/// <param name="Viewer">How the viewer stands to its model.</param>
/// <param name="Last">Its latest run; null before the first.</param>
public sealed record ScheduleView(
    ScheduleEntry Entry, string Model, int? Number, IReadOnlyDictionary<UserId, string> Names, IReadOnlyDictionary<FactDigest, string> Texts,
    Standing Viewer, ScheduleRunView? Last)
{
    /// <summary>The fact.</summary>
    public Schedule Schedule => Entry.Schedule;

    /// <summary>What it is of, such as "credit/3", or "credit" where the trigger says which version.</summary>
    public string Label => Number is int number ? $"{Model}/{number}" : Model;

    /// <summary>A display name.</summary>
    public string NameOf(UserId user) => Names.GetValueOrDefault(user, "?");

    /// <summary>Why somebody did a step; null where nothing was said, or it was erased.</summary>
    public string? ReasonOf(ScheduleStep step) => step?.Reason is FactDigest digest ? Texts.GetValueOrDefault(digest) : null;

    /// <summary>Why the viewer may not take a step, or null where they may.</summary>
    public Refusal? RefusalFor(ScheduleStepKind kind) => SchedulePolicy.RefusalFor(kind, Entry, Viewer);
}
