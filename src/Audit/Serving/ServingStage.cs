namespace Governance.Audit.Serving;

/// <summary>What an answer spends its time on, in order.</summary>
public enum ServingStage
{
    /// <summary>Grant, stage, rate, legal rows, places among the reference rows, price and budget.</summary>
    Admit,

    /// <summary>Waiting for rows that are on their way and for a core.</summary>
    Queue,

    /// <summary>The session.</summary>
    Run,

    /// <summary>All between admission and release: looking up what is remembered, queue, run, and the decision.</summary>
    Compute,

    /// <summary>Output policy, traffic log, detectors.</summary>
    Release,
}
