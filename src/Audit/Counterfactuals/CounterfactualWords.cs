using System.Globalization;

namespace Governance.Audit.Counterfactuals;

/// <summary>Counterfactuals in plain words: what the model would answer, never what a change brings about. Pure.</summary>
public static class CounterfactualWords
{
    /// <summary>What these sentences do not say; shown wherever they are.</summary>
    public const string Caveat =
        "This says what the model would answer for such a row, with everything else as it is. It is no promise, and no statement that changing a value in life would bring the rest about.";

    /// <summary>The way in a sentence, such as "The model would answer 'no' if pirat were 0.31 (now 0.45) and all else stayed as it is.".</summary>
    /// <param name="target">The answer.</param>
    /// <param name="changes">At least one.</param>
    public static string Sentence(CounterfactualTarget target, IReadOnlyList<CellChange> changes)
    {
        string[] parts = [.. changes.Select(change => $"{change.Column} were {Text(change.To)} (now {Text(change.From)})")];
        string listed = parts.Length == 1 ? parts[0] : $"{string.Join(", ", parts[..^1])} and {parts[^1]}";
        return $"The model would answer {target.Words} if {listed}, with all else as it is.";
    }

    /// <summary>A cell as people read it.</summary>
    public static string Text(object? cell) => cell switch
    {
        null => "missing",
        double number => number.ToString("G7", CultureInfo.InvariantCulture).Replace('-', '−'),
        _ => $"'{cell}'",
    };
}
