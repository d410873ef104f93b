using Governance.Audit.Findings;
using Governance.Portal.Components.Parts;
using Governance.Registry.Policies;

namespace Governance.Portal.Features.Fairness;

/// <summary>Sentences over forests. Pure.</summary>
internal static class FairnessWords
{
    /// <summary>Stands wherever a fairness gate is shown.</summary>
    public const string Caution = "A flag is a disparity to investigate, not proof of discrimination.";

    /// <summary>The finding that the page opens with: the worst comparison, with its interval and limit.</summary>
    /// <param name="forests">At least one.</param>
    /// <param name="favourable">The outcome that a person wants.</param>
    public static string Title(IReadOnlyList<Forest> forests, string favourable)
    {
        (Forest Forest, ForestRow Row)[] compared =
            [.. forests.SelectMany(forest => forest.Rows.Where(row => row.Value is not null).Select(row => (forest, row)))];
        if (compared.Length == 0)
        {
            return $"{forests[0].Measure.Name} cannot be compared: fewer than two groups have one";
        }

        (Forest forest, ForestRow row) = compared.OrderBy(pair => pair.Row.Verdict switch
        {
            GateVerdict.Breaches => 0,
            GateVerdict.Inconclusive => 1,
            GateVerdict.Meets => 2,
            _ => 3,
        }).ThenByDescending(pair => Distance(pair.Forest, pair.Row)).First();
        string group = $"{forest.Attribute} = {row.Group}";
        string reference = $"{forest.Attribute} = {forest.Reference!.Group}";
        string value = PlainNumbers.WithInterval(Math.Abs(row.Value!.Value), Ends(forest, row));
        string measured = forest.Measure switch
        {
            { Key: "impact-ratio" } => $"The rate of “{favourable}” for {group} is {value} of that for {reference}",
            { Key: "selection" } => $"The rate of “{favourable}” for {group} is {value} {Side(row)} that for {reference}",
            _ => $"{forest.Measure.Name} for {group} is {value} {Side(row)} that for {reference}",
        };
        return $"{measured}{Against(forest, row)}";
    }

    /// <summary>How many comparisons stand where, and the caution.</summary>
    public static string Count(IReadOnlyList<Forest> forests)
    {
        string? tally = VerdictWords.Tally("comparison", forests.SelectMany(forest => forest.Rows).Select(row => row.Verdict));
        return tally is null ? $"The policy sets no limit on this comparison. {Caution}" : $"{tally}. {Caution}";
    }

    private static double Distance(Forest forest, ForestRow row) => forest.Measure.IsRatio
        ? Math.Abs(Math.Log(Math.Max(row.Value!.Value, 1e-12)))
        : Math.Abs(row.Value!.Value);

    // Differences are said as a size with its side, so a negative interval is turned round.
    private static double[]? Ends(Forest forest, ForestRow row) => row.Low is not double low || row.High is not double high
        ? null
        : forest.Measure.IsRatio || row.Value >= 0 ? [low, high] : [-high, -low];

    private static string Side(ForestRow row) => row.Value < 0 ? "below" : "above";

    /// <summary>How a figure stands against its limit, as the end of a sentence; empty without one.</summary>
    /// <param name="isRatio">Whether the limit is the least that a ratio may be; else the most of a difference.</param>
    /// <param name="limit">The limit; null for none.</param>
    /// <param name="verdict">What the gate says.</param>
    public static string Against(bool isRatio, double? limit, GateVerdict? verdict)
    {
        if (limit is not double bound)
        {
            return "";
        }

        string named = isRatio ? $"the {PlainNumbers.Limit(bound)} limit" : $"the limit of {PlainNumbers.Limit(bound)}";
        return verdict switch
        {
            GateVerdict.Breaches => isRatio ? $", below {named}" : $", beyond {named}",
            GateVerdict.Meets => $", within {named}",
            GateVerdict.Inconclusive => $", inconclusive against {named}",
            _ => "",
        };
    }

    private static string Against(Forest forest, ForestRow row) =>
        Against(forest.Measure.IsRatio, forest.Measure.IsRatio ? forest.AtLeast : forest.AtMost, row.Verdict);
}
