using Governance.Registry.Policies;

namespace Governance.Portal.Components.Parts;

/// <summary>One moment of a timeline.</summary>
/// <param name="At">In UTC.</param>
/// <param name="What">A sentence: who did what.</param>
/// <param name="Note">Details in the quiet grey, or null.</param>
public sealed record TimelineEntry(DateTimeOffset At, string What, string? Note = null)
{
    /// <summary>Whether it is a signature.</summary>
    public bool IsSignature { get; init; }

    /// <summary>The verdict that it stands for, or null.</summary>
    public GateVerdict? Verdict { get; init; }

    /// <summary>Where the moment is recorded, or null.</summary>
    public string? Address { get; init; }
}
