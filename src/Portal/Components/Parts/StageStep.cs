namespace Governance.Portal.Components.Parts;

/// <summary>One step of the stage stepper.</summary>
/// <param name="Name">Such as "In review".</param>
/// <param name="Note">Age and person, or what it waits for.</param>
/// <param name="State">Where the version stands.</param>
public sealed record StageStep(string Name, string Note, StepState State);

/// <summary>Whether a step lies behind, is now, or is ahead.</summary>
public enum StepState
{
    /// <summary>Passed.</summary>
    Done,

    /// <summary>Where it stands.</summary>
    Now,

    /// <summary>Not reached.</summary>
    Ahead,
}
