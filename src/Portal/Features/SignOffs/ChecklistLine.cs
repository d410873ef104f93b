using Governance.Registry.Policies;

namespace Governance.Portal.Features.SignOffs;

/// <summary>One requirement of the checklist.</summary>
/// <param name="Group">Under which head it stands.</param>
/// <param name="Name">What is required.</param>
/// <param name="Verdict">Null where nothing shows it.</param>
/// <param name="Measured">What was measured or recorded, in words.</param>
/// <param name="Address">Where it can be looked at.</param>
public sealed record ChecklistLine(string Group, string Name, GateVerdict? Verdict, string Measured, string Address)
{
    /// <summary>The line's id in the policy pack.</summary>
    public required string Id { get; init; }

    /// <summary>What the policy asks for, such as "at least 0.8"; null where it sets no number.</summary>
    public string? Target { get; init; }

    /// <summary>The rule or text that it comes from.</summary>
    public string? Citation { get; init; }

    /// <summary>Whether a person writes something for it.</summary>
    public bool IsWritten { get; init; }

    /// <summary>What a person is asked to write; null for nothing.</summary>
    public string? Asks { get; init; }

    /// <summary>The statement that counts; null for none.</summary>
    public AttestationView? Statement { get; init; }

    /// <summary>When what shows it no longer counts; null where nothing shows it, or it does not age.</summary>
    public DateTimeOffset? ValidTo { get; init; }

    /// <summary>The short digest of the evidence that shows it; null where none does.</summary>
    public string? Evidence { get; init; }

    /// <summary>The findings that an answer on this line speaks of: measured ones and those of the register, by id.</summary>
    public IReadOnlyList<string> Covers { get; init; } = [];

    /// <summary>Whether whoever approves has to say on this line why, and until when.</summary>
    public bool NeedsReason => Verdict is GateVerdict.Breaches or GateVerdict.Inconclusive;
}

/// <summary>A statement on a line as pages show it.</summary>
/// <param name="Line">The line's id.</param>
/// <param name="Text">What was written; null where it was erased.</param>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
public sealed record AttestationView(string Line, string? Text, string By, DateTimeOffset At)
{
    /// <summary>"by Rita, 3 Mar 2026".</summary>
    public string Byline => $"by {By}, {SignOffWords.Day(At)}";
}
