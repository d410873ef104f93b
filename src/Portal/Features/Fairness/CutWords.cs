using Governance.Audit.Fairness;
using Governance.Audit.Findings;
using Governance.Registry.Policies;

namespace Governance.Portal.Features.Fairness;

/// <summary>What a choice of cuts does, in words. Pure.</summary>
internal static class CutWords
{
    /// <summary>What the candidate would change, in one sentence.</summary>
    /// <param name="choice">The cuts.</param>
    /// <param name="now">What is decided now.</param>
    /// <param name="then">What would be decided.</param>
    /// <param name="gate">The policy's limit on the impact ratio; null for none.</param>
    /// <param name="smallest">Fewer rows decide nothing.</param>
    public static string Title(CutChoice choice, CutFairness now, CutFairness then, Gate? gate, int smallest)
    {
        string named = choice.Own.Count == 0 ? $"A threshold of {CutChoice.Text(choice.Cut)}"
            : $"Own thresholds for {choice.Own.Count} group{(choice.Own.Count == 1 ? "" : "s")}, {CutChoice.Text(choice.Cut)} for the others,";
        if (then.ImpactRatio.Value is not double ratio)
        {
            return $"{named} would decide {PlainNumbers.Percent(then.Overall.Selection.Value ?? 0)} favourably; fewer than two groups of {smallest} rows can be compared";
        }

        string effect = gate is null
            ? $"would give an impact ratio of {PlainNumbers.WithInterval(ratio, then.ImpactRatio.Interval)}"
            : Verdict(gate, then.ImpactRatio, then.Overall.Rows) switch
            {
                GateVerdict.Meets => $"would meet the limit of {PlainNumbers.Limit(gate.AtLeast ?? 0)} on the impact ratio",
                GateVerdict.Breaches => $"would breach the limit of {PlainNumbers.Limit(gate.AtLeast ?? 0)} on the impact ratio",
                _ => $"would leave the impact ratio undecided against {PlainNumbers.Limit(gate.AtLeast ?? 0)}",
            };
        return then.Overall.Balanced.Value is double after && now.Overall.Balanced.Value is double before
            ? $"{named} {effect} and {Cost(after - before)}"
            : $"{named} {effect}";
    }

    /// <summary>The verdict of a gate on a summary; null without a gate.</summary>
    public static GateVerdict? Verdict(Gate? gate, CutFigure figure, long rows) =>
        gate is null ? null : GateRule.Judge(gate, figure.Value, figure.Interval?[0], figure.Interval?[1], rows, enoughRows: true).Verdict;

    /// <summary>Between which groups a summary lies, such as "Black against White"; empty where there is none.</summary>
    public static string Between(CutFigure figure) => figure is { Lowest: string lowest, Highest: string highest } ? $"{lowest} against {highest}" : "";

    /// <summary>A share with its interval, such as "61.6 % [59.7 %, 63.5 %]".</summary>
    public static string Share(CutFigure figure) => figure.Value is not double value ? "undefined"
        : figure.Interval is { } ends ? $"{PlainNumbers.Percent(value)} [{PlainNumbers.Percent(ends[0])}, {PlainNumbers.Percent(ends[1])}]"
        : PlainNumbers.Percent(value);

    /// <summary>A number with its interval.</summary>
    public static string Number(CutFigure figure) => PlainNumbers.WithInterval(figure.Value, figure.Interval);

    private static string Cost(double change) => Math.Abs(change) < 0.0005 ? "leave balanced accuracy as it is"
        : change < 0 ? $"cost {PlainNumbers.Value(-change)} of balanced accuracy"
        : $"add {PlainNumbers.Value(change)} to balanced accuracy";
}
