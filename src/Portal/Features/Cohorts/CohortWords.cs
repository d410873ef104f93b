using Governance.Audit.Cohorts;
using Governance.Audit.Findings;
using Governance.Portal.Features.Evidence;

namespace Governance.Portal.Features.Cohorts;

/// <summary>What a cohort's figures say, in words. Pure.</summary>
internal static class CohortWords
{
    /// <summary>The name of a figure, with its group where it is of one.</summary>
    public static string Figure(CohortContrast contrast)
    {
        string metric = MetricWords.Of(contrast.Metric);
        string name = char.ToUpperInvariant(metric[0]) + metric[1..];
        return contrast.Group is null ? name : $"{name}, {contrast.Attribute} = {contrast.Group}";
    }

    /// <summary>The one sentence above a contrast.</summary>
    public static string Finding(IReadOnlyList<CohortContrast> contrasts)
    {
        CohortContrast[] apart = [.. contrasts.Where(contrast => contrast.Verdict != "undecided")];
        if (contrasts.Count == 0)
        {
            return "No figure is known of both the cohort and the other rows";
        }

        if (apart.Length == 0)
        {
            return $"None of {PlainNumbers.Count(contrasts.Count)} figures tells the cohort from the other rows";
        }

        // The one whose interval keeps farthest from none, in units of its own half width.
        CohortContrast first = apart.MaxBy(Distance)!;
        string others = apart.Length == 1 ? "" : $", one of {PlainNumbers.Count(apart.Length)} figures that differ";
        return $"{Figure(first)} is {first.Verdict} in the cohort by {PlainNumbers.WithInterval(Math.Abs(first.Difference), Ends(first))}{others}";
    }

    /// <summary>The line of provenance of figures that were measured while somebody looked.</summary>
    public static IReadOnlyList<string> Source(SealedFindings shown, CohortView cohort) =>
    [
        .. shown.Document.Data.Where(data => data.Role == "evaluation").Select(data => $"{data.Name}, {data.Digest[..8]}, n = {PlainNumbers.Count(cohort.Rows.Length)} of {PlainNumbers.Count(cohort.All)}"),
        "computed now, not sealed", "closed-form intervals",
    ];

    private static double Distance(CohortContrast contrast) =>
        Math.Abs(contrast.Difference) / Math.Max((contrast.Interval![1] - contrast.Interval[0]) / 2, double.Epsilon);

    private static IReadOnlyList<double> Ends(CohortContrast contrast) =>
        contrast.Difference < 0 ? [-contrast.Interval![1], -contrast.Interval[0]] : contrast.Interval!;
}
