using System.Globalization;
using Governance.Audit.Findings;

namespace Governance.Audit.Counterfactuals;

/// <summary>Counterfactuals in plain words: what the model would answer, never what a change brings about. Pure.</summary>
public static class CounterfactualWords
{
    /// <summary>What these sentences do not say; shown wherever they are.</summary>
    public const string Caveat =
        "This says what the model would answer for such a row, with everything else as it is. It is no promise, and no statement that changing a value in life would bring the rest about.";

    private const int FewestDigits = 7;
    private const int MostDigits = 17; // tell any two numbers apart

    /// <summary>The way in a sentence, such as "The model would answer 'no' if pirat were 0.31 (now 0.45) and all else stayed as it is.".</summary>
    /// <param name="target">The answer.</param>
    /// <param name="changes">At least one.</param>
    public static string Sentence(CounterfactualTarget target, IReadOnlyList<CellChange> changes)
    {
        return $"The model would answer {target.Words} if {PlainLists.And([.. changes.Select(Part)])}, with all else as it is.";
    }

    /// <summary>Both cells of a change as people read them: with seven digits, or as many more as it takes to tell them apart.</summary>
    /// <param name="change">From and to differ.</param>
    public static (string From, string To) Texts(CellChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        for (int digits = FewestDigits; ; digits++)
        {
            (string from, string to) = (Text(change.From, digits), Text(change.To, digits));
            if (from != to || digits == MostDigits)
            {
                return (from, to);
            }
        }
    }

    private static string Part(CellChange change)
    {
        (string from, string to) = Texts(change);
        return $"{change.Column} were {to} (now {from})";
    }

    private static string Text(object? cell, int digits) => cell switch
    {
        null => "missing",
        double number => number.ToString($"G{digits}", CultureInfo.InvariantCulture).Replace('-', '−'),
        _ => $"'{cell}'",
    };
}
