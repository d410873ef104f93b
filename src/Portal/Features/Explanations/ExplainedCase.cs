using Governance.Audit.Explanations;

namespace Governance.Portal.Features.Explanations;

/// <summary>One explained row as the case picker lists it.</summary>
/// <param name="Row">The row in the data, from 0.</param>
/// <param name="Score">The output explained.</param>
/// <param name="Above">Whether the score reaches the threshold; null without a threshold.</param>
/// <param name="Outcome">The true outcome as it stands in the data; null where unknown or not to be seen.</param>
/// <param name="Wrong">Whether decision and outcome differ; null where either is unknown.</param>
internal sealed record ExplainedCase(int Row, double Score, bool? Above, string? Outcome, bool? Wrong)
{
    /// <summary>Lists the explained rows.</summary>
    /// <param name="report">The explanations.</param>
    /// <param name="position">Which class of the report's arrays.</param>
    /// <param name="threshold">The decision threshold in the units of the link, or null.</param>
    /// <param name="outcome">The true outcome of a row, or null.</param>
    /// <param name="positive">The class that a score at or above the threshold stands for.</param>
    public static IReadOnlyList<ExplainedCase> List(
        ExplanationReport report, int position, double? threshold, Func<int, string?> outcome, string? positive) =>
    [
        .. report.Rows.Select(row =>
        {
            double score = row.Prediction[position];
            bool? above = threshold is double limit ? score >= limit : null;
            string? truth = outcome(row.Row);
            bool? wrong = above is null || truth is null || positive is null ? null : above != (truth == positive);
            return new ExplainedCase(row.Row, score, above, truth, wrong);
        }),
    ];
}

/// <summary>Which cases the picker offers, and in which order.</summary>
public enum CaseFilter
{
    /// <summary>All, by row.</summary>
    All,

    /// <summary>All, the nearest to the threshold first.</summary>
    Near,

    /// <summary>Those at or above the threshold, the highest score first.</summary>
    Above,

    /// <summary>Those below it, the lowest score first.</summary>
    Below,

    /// <summary>Those whose decision differs from the true outcome, the most certain first.</summary>
    Wrong,
}

/// <summary>Applies a filter of the case picker.</summary>
internal static class CaseFilters
{
    /// <summary>The cases it leaves, in its order.</summary>
    public static IReadOnlyList<ExplainedCase> Apply(this CaseFilter filter, IReadOnlyList<ExplainedCase> cases, double? threshold) => filter switch
    {
        CaseFilter.Near when threshold is double limit => [.. cases.OrderBy(one => Math.Abs(one.Score - limit))],
        CaseFilter.Above => [.. cases.Where(one => one.Above == true).OrderByDescending(one => one.Score)],
        CaseFilter.Below => [.. cases.Where(one => one.Above == false).OrderBy(one => one.Score)],
        CaseFilter.Wrong => [.. cases.Where(one => one.Wrong == true).OrderByDescending(one => Math.Abs(one.Score - (threshold ?? 0)))],
        _ => cases,
    };

    /// <summary>The filter of this name in an address; all where it is none.</summary>
    public static CaseFilter Parse(string? name) =>
        Enum.TryParse(name, ignoreCase: true, out CaseFilter filter) && Enum.IsDefined(filter) ? filter : CaseFilter.All;
}
