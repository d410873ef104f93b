using System.Text.Json.Serialization;

namespace Governance.Audit.Counterfactuals;

/// <summary>What a case would have to be for the model to answer otherwise: the body of <c>governance counterfactual</c>.</summary>
/// <remarks>It says what the model would answer, not what would happen in life were someone to change a value.</remarks>
public sealed record CounterfactualReport
{
    /// <summary>The row in the data, from 0.</summary>
    public required int Row { get; init; }

    /// <summary>The answer looked for, in words.</summary>
    public required string Target { get; init; }

    /// <summary>What the model answers for the case as it is.</summary>
    public required CaseAnswer Original { get; init; }

    /// <summary>Whether the case has the answer already; nothing was searched then.</summary>
    public required bool AlreadyReached { get; init; }

    /// <summary>The positive score from which on the positive class is predicted; null where the model decides or predicts a value.</summary>
    public double? Threshold { get; init; }

    /// <summary>The class that scores refer to, or null.</summary>
    public string? Positive { get; init; }

    /// <summary>Different ways, the cheapest first; empty where none was found.</summary>
    public required IReadOnlyList<Counterfactual> Counterfactuals { get; init; }

    /// <summary>Why there are none, or fewer than asked for; null else.</summary>
    public string? Reason { get; init; }

    /// <summary>The columns that might have changed, with the unit of their changes.</summary>
    public required IReadOnlyList<ActionableColumn> Actionable { get; init; }

    /// <summary>The columns that stay as they are: immutable, without an alternative, or missing in the case.</summary>
    public required IReadOnlyList<string> Fixed { get; init; }

    /// <summary>The most columns that may change; null for any number.</summary>
    public int? MaxChanges { get; init; }

    /// <summary>Rows that say what is possible and where changes begin.</summary>
    public required int PopulationRows { get; init; }

    /// <summary>Candidates and rows of the population that the model was asked about.</summary>
    public required long Evaluations { get; init; }

    /// <summary>Rows sent to the model, the final check included.</summary>
    public required long ModelRows { get; init; }

    /// <summary>Calls of the model.</summary>
    public required long ModelCalls { get; init; }

    /// <summary>Wall time in seconds. Left out of evidence.</summary>
    public double? Seconds { get; init; }

    /// <summary>Where the model ran.</summary>
    public required string Provider { get; init; }

    /// <summary>The seed by which rows of the population were drawn.</summary>
    public required int Seed { get; init; }
}

/// <summary>What a model answers for one row.</summary>
/// <param name="Prediction">The class; null for a value.</param>
/// <param name="Score">The positive class's probability, the target's where none is singled out, or the value; null for labels alone.</param>
public sealed record CaseAnswer(string? Prediction, double? Score);

/// <summary>One way to the answer looked for.</summary>
public sealed record Counterfactual
{
    /// <summary>What is different; each change is needed: without it the answer would not be reached.</summary>
    public required IReadOnlyList<CellChange> Changes { get; init; }

    /// <summary>The whole row as it would be, by column: numbers, texts, or null where missing.</summary>
    public required IReadOnlyDictionary<string, object?> Values { get; init; }

    /// <summary>What the model answers for it, asked again at the end with this row alone.</summary>
    public required CaseAnswer Answer { get; init; }

    /// <summary>Whether that answer is the one looked for and no constraint is violated; always true, or it is not listed.</summary>
    public required bool Valid { get; init; }

    /// <summary>Σ weight · (1 + distance) over the changes.</summary>
    public required double Cost { get; init; }

    /// <summary>Σ distance over the changes: |change| / scale for numbers, 1 for levels.</summary>
    public required double Distance { get; init; }

    /// <summary>The way in plain words.</summary>
    public required string Sentence { get; init; }
}

/// <summary>One cell that is different.</summary>
/// <param name="Column">The column.</param>
/// <param name="From">What the case holds: a number or a text; null where missing.</param>
/// <param name="To">What it would hold.</param>
/// <param name="Distance">|change| / scale, or 1 for a level.</param>
public sealed record CellChange(string Column, object? From, object? To, double Distance);

/// <summary>A column that may change.</summary>
/// <param name="Column">The column.</param>
/// <param name="Scale">The unit of its changes; null for levels.</param>
/// <param name="ScaleKind">"mad", "sd", "one" or "level".</param>
/// <param name="Low">The least new number; null for levels.</param>
/// <param name="High">The largest new number; null for levels.</param>
/// <param name="Step">What new numbers are multiples of; null for levels.</param>
/// <param name="Levels">The levels it may take; null for numbers.</param>
public sealed record ActionableColumn(
    string Column, double? Scale, string ScaleKind, double? Low, double? High, double? Step,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string?>? Levels);
