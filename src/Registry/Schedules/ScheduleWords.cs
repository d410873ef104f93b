namespace Governance.Registry.Schedules;

/// <summary>What a schedule runs.</summary>
public enum ScheduleWork
{
    /// <summary>An audit of a version, whose evidence is sealed.</summary>
    Audit,

    /// <summary>The monitors of a deployment.</summary>
    Monitors,
}

/// <summary>What makes a schedule run.</summary>
public enum ScheduleTrigger
{
    /// <summary>The clock, by a cron expression in a time zone.</summary>
    Clock,

    /// <summary>So many new labels of a deployment.</summary>
    Labels,

    /// <summary>A new version of the model.</summary>
    NewVersion,

    /// <summary>An alert on the version or its deployment.</summary>
    Alert,

    /// <summary>Evidence under an approval that will soon be too old.</summary>
    EvidenceExpiring,
}

/// <summary>What was done to a schedule after it was made.</summary>
public enum ScheduleStepKind
{
    /// <summary>It stands still: no tick counts until it goes on.</summary>
    Paused,

    /// <summary>It goes on with the next tick.</summary>
    Resumed,

    /// <summary>It ended for good.</summary>
    Removed,
}

/// <summary>Where a schedule stands.</summary>
public enum ScheduleState
{
    Active,
    Paused,
    Removed,
}

/// <summary>What started a run.</summary>
public enum ScheduleRunCause
{
    /// <summary>A tick of its clock, on time.</summary>
    Clock,

    /// <summary>Ticks that nobody was there for: one run for all of them.</summary>
    CatchUp,

    /// <summary>What it waits for came.</summary>
    Trigger,

    /// <summary>Somebody asked.</summary>
    ByHand,
}

/// <summary>How a run of a schedule stands, as the clock knows it; an audit that it started has a status of its own.</summary>
public enum ScheduleRunStatus
{
    /// <summary>Started, and not known to be over.</summary>
    Started,

    /// <summary>Over as it should: evidence sealed, or the monitors read.</summary>
    Done,

    /// <summary>It did not happen.</summary>
    Missed,

    /// <summary>It was tried and did not get to its end.</summary>
    Failed,
}
