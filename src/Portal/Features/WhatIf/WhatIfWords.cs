using Governance.Audit.Findings;

namespace Governance.Portal.Features.WhatIf;

/// <summary>A what-if in plain words. Pure.</summary>
internal static class WhatIfWords
{
    /// <summary>What changed, as a headline.</summary>
    public static string Title(WhatIfState state) => state.Current is not WhatIfStep step
        ? $"Row {PlainNumbers.Count(state.Session.Row)} as it is: {Of(state.Original)}"
        : Flips(state.Original, step.Answer)
            ? $"The answer turns from {Of(state.Original)} to {Of(step.Answer)}"
            : state.Original.Label is string label ? $"The answer stays ‘{label}’" : $"From {Of(state.Original)} to {Of(step.Answer)}";

    /// <summary>Whether the decision is another one.</summary>
    public static bool Flips(WhatIfAnswer original, WhatIfAnswer edited) => original.Label is not null && original.Label != edited.Label;

    /// <summary>An answer.</summary>
    public static string Of(WhatIfAnswer answer) =>
        answer.Label is string label ? $"‘{label}’"
        : answer.Value is double value ? PlainNumbers.Value(value)
        : (answer.Low, answer.High) switch
        {
            (double low, double high) => $"{PlainNumbers.Value(low)} to {PlainNumbers.Value(high)}",
            (null, double high) => $"below {PlainNumbers.Value(high)}",
            (double low, null) => $"{PlainNumbers.Value(low)} or more",
            _ => "nothing",
        };

    /// <summary>A difference with its sign; a dash where one side is not released.</summary>
    public static string Difference(double? original, double? edited) => original is double from && edited is double to
        ? $"{(to > from ? "+" : "")}{PlainNumbers.Value(to - from)}" : "–";

    /// <summary>What an edit changed.</summary>
    public static string Changes(WhatIfStep step) => step.Cells.Count == 0
        ? "the row as it is" : string.Join(", ", step.Cells.Select(cell => $"{cell.Key} = {cell.Value}"));

    /// <summary>What may be asked yet.</summary>
    public static string Left(WhatIfState state) => state.Left == 0
        ? "No edit of this row is left." : $"{(state.Left == 1 ? "1 edit" : $"{state.Left} edits")} of this row left; each costs as much as any other question.";
}
