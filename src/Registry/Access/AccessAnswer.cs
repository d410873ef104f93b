using Governance.Registry.BreakGlass;
using Governance.Registry.Models;
using Governance.Registry.Versions;

namespace Governance.Registry.Access;

/// <summary>Whether someone may use a right on a model, and why.</summary>
public sealed record AccessAnswer
{
    /// <summary>How much of the model, or of the version that was asked for, exists for them.</summary>
    public required ModelVisibility Visibility { get; init; }

    /// <summary>What the table of rights answered; denied where nothing exists for them.</summary>
    public required AccessDecision Decision { get; init; }

    /// <summary>The model; null where it does not exist for them: to be answered as if there were none (404).</summary>
    public Model? Model { get; init; }

    /// <summary>The version; null where none was asked for, or it does not exist for them.</summary>
    public ModelVersion? Version { get; init; }

    /// <summary>How they stand to it.</summary>
    public ModelRelation Relation { get; init; }

    /// <summary>The break-glass request in force for them on it, which flags what they do; null for none.</summary>
    public BreakGlassId? BreakGlass { get; init; }

    /// <summary>Who asks, with their roles now.</summary>
    public required Person Person { get; init; }

    /// <summary>When the first of their grants or openings ends by itself, UTC; null where none does. Until then only an entry of the ledger changes the answer.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>Why, one a line: the deciding cell and grants, or what is missing. Never empty.</summary>
    public required IReadOnlyList<AccessReason> Reasons { get; init; }

    /// <summary>The refusal in words; null where allowed.</summary>
    public Refusal? RefusalFor(Right right) => Decision.Allowed ? null : RightsRefusals.For(right);
}

/// <summary>One reason of an answer.</summary>
/// <param name="Code">A stable name for programs and tests: cell, grant, team-grant, break-glass; no-role, no-grant, expired, wrong-stage, not-owner, not-named, second-person, closed, not-there.</param>
/// <param name="Sentence">Plain English.</param>
public sealed record AccessReason(string Code, string Sentence);
