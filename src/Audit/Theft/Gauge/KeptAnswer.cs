using Governance.Audit.Answers;
using Governance.Audit.Answers.Policy;
using Governance.Audit.Data;

namespace Governance.Audit.Theft.Gauge;

/// <summary>One answered row as a thief would note it.</summary>
/// <param name="At">UTC.</param>
/// <param name="Cells">By the columns of <see cref="KeptAnswers"/>; null where missing.</param>
/// <param name="Label">The decision; null for a value.</param>
/// <param name="Probabilities">By class, as far as released; null where none is.</param>
/// <param name="Value">The value as released; null for a decision.</param>
/// <param name="Band">The value's band, where only that is released.</param>
/// <param name="Attributions">By column: numbers, or of signs and levels the middle of what they stand for; null where none are.</param>
/// <param name="InUnits">Whether attributions are numbers.</param>
public sealed record KeptAnswer(
    DateTimeOffset At, IReadOnlyList<string?> Cells, string? Label, IReadOnlyDictionary<string, double>? Probabilities, double? Value, ValueBand? Band,
    IReadOnlyDictionary<string, double>? Attributions, bool InUnits)
{
    // What a level of an attribution stands for, as a share of the whole; a thief would take the middle too.
    private static readonly double[] LevelShares = [0, 0.05, 0.2, 0.5];

    /// <summary>Notes an answer, and where it came with another row in full, that row with its decision as well.</summary>
    /// <param name="columns">What is noted of a row.</param>
    /// <param name="rows">The request's rows.</param>
    /// <param name="row">Which of them.</param>
    /// <param name="answer">What was released.</param>
    /// <param name="at">UTC.</param>
    public static IEnumerable<KeptAnswer> Of(IReadOnlyList<string> columns, Table rows, int row, AnsweredRow answer, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(answer);
        string?[] cells = [.. columns.Select(column => rows.Find(column)?.Text(row))];
        ReleasedPrediction prediction = answer.Prediction;
        yield return new KeptAnswer(
            at, cells, prediction.Label, prediction.Probabilities, prediction.Value, prediction.Band,
            answer.Attributions?.ToDictionary(one => one.Feature, NumberOf, StringComparer.Ordinal),
            answer.Attributions?.All(one => one.Value is not null) == true);
        if (answer.Counterfactual is { Label: string label, Masked.Count: 0 } other)
        {
            Dictionary<string, string?> changed = other.Changes.ToDictionary(change => change.Column, change => change.To, StringComparer.Ordinal);
            yield return new KeptAnswer(
                at, [.. columns.Select((column, i) => changed.TryGetValue(column, out string? to) ? to : cells[i])], label, null, null, null, null, false);
        }
    }

    /// <summary>An attribution as a number: of a level the middle of what it stands for.</summary>
    public static double NumberOf(ReleasedAttribution one)
    {
        ArgumentNullException.ThrowIfNull(one);
        return one.Value ?? Math.Sign(one.Level) * LevelShares[Math.Abs(one.Level)];
    }
}
