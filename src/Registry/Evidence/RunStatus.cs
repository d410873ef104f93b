namespace Governance.Registry.Evidence;

/// <summary>How far a run is.</summary>
public enum RunStatus
{
    Queued,
    Running,

    /// <summary>Its evidence is sealed.</summary>
    Sealed,
    Failed,
    Cancelled,

    /// <summary>The process ended under it.</summary>
    Interrupted,
}

/// <summary>Questions about a run's status.</summary>
public static class RunStatuses
{
    /// <summary>Whether the run will not go on.</summary>
    public static bool IsOver(this RunStatus status) => status is not (RunStatus.Queued or RunStatus.Running);
}
