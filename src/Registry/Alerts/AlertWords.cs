namespace Governance.Registry.Alerts;

/// <summary>How much an alert weighs.</summary>
public enum AlertSeverity
{
    /// <summary>Worth knowing; nobody has to do anything.</summary>
    Info,

    /// <summary>One window passed its limit: it may be chance.</summary>
    Warning,

    /// <summary>As many windows in a row as the policy names: it is looked into at once.</summary>
    Critical,
}

/// <summary>What kind of thing saw it.</summary>
public enum AlertSourceKind
{
    /// <summary>A monitor of a deployment: its windows are judged with hysteresis.</summary>
    Monitor,

    /// <summary>A schedule: a run that was missed or failed.</summary>
    Schedule,

    /// <summary>An audit whose gate is breached.</summary>
    Audit,
}

/// <summary>What an alert is about: decides which trigger of the policy it may set off.</summary>
public enum AlertTopic
{
    Drift,
    Quality,
    Performance,
    Fairness,
    Attribution,
    Volume,
    Latency,

    /// <summary>A run that did not take place.</summary>
    Run,
}

/// <summary>Where an alert stands: follows from its steps and the moment.</summary>
public enum AlertState
{
    /// <summary>Nobody has taken it up.</summary>
    Open,

    /// <summary>Somebody looks into it.</summary>
    Acknowledged,

    /// <summary>Its cause is known and no fault of the model.</summary>
    Explained,

    /// <summary>What caused it was changed.</summary>
    Fixed,

    /// <summary>It is lived with until a day.</summary>
    Accepted,

    /// <summary>It went quiet by itself before anybody decided.</summary>
    Recovered,
}

/// <summary>What happened to an alert.</summary>
public enum AlertStepKind
{
    /// <summary>By a rule: so many windows in a row, so it is critical.</summary>
    Escalated,

    /// <summary>By a rule: so many quiet windows in a row.</summary>
    Recovered,

    /// <summary>By a rule: it came back, or rose above what was accepted.</summary>
    Reopened,

    /// <summary>By a rule: a mute ran out and it still sounds.</summary>
    MuteEnded,

    /// <summary>By a rule: the policy moved the version because of it.</summary>
    Moved,

    /// <summary>Something was said.</summary>
    Comment,

    /// <summary>Somebody takes it up.</summary>
    Acknowledge,

    /// <summary>Its cause is known and no fault of the model.</summary>
    Explain,

    /// <summary>What caused it was changed.</summary>
    Fix,

    /// <summary>It is lived with, until a day.</summary>
    Accept,

    /// <summary>Another owner or due date.</summary>
    Plan,

    /// <summary>Nobody is told of it, until a day.</summary>
    Mute,

    /// <summary>People are told again.</summary>
    Unmute,
}
