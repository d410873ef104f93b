namespace Governance.Registry.Register;

/// <summary>How much a finding weighs.</summary>
public enum Severity
{
    Low,
    Medium,
    High,
    Critical,
}

/// <summary>Where a finding of the register comes from.</summary>
public enum FindingSource
{
    /// <summary>A reviewer raised it.</summary>
    Review,

    /// <summary>A gate was breached when the version was submitted.</summary>
    Gate,

    /// <summary>A condition of an approval.</summary>
    Condition,

    /// <summary>A line of the checklist that an approver waived.</summary>
    Waiver,
}

/// <summary>What was done about a finding.</summary>
public enum RegisterStepKind
{
    /// <summary>Something was said.</summary>
    Comment,

    /// <summary>It is remedied.</summary>
    Close,

    /// <summary>It is lived with, until a day.</summary>
    Accept,

    /// <summary>It was closed or accepted too early.</summary>
    Reopen,

    /// <summary>Another owner or due date.</summary>
    Plan,
}

/// <summary>Where a finding stands: follows from its steps and the day.</summary>
public enum FindingStatus
{
    Open,
    Closed,
    Accepted,
}
