namespace Governance.Audit.Findings;

/// <summary>What the templates of <see cref="FindingWords"/> may name, as people read it. Pure.</summary>
internal static class FindingFigures
{
    /// <summary>Text by placeholder; what a finding lacks is absent.</summary>
    /// <param name="finding">What was found.</param>
    /// <param name="level">The confidence level, in (0, 1).</param>
    /// <param name="words">The words for a metric.</param>
    public static Dictionary<string, string> Of(Finding finding, double level, Func<string, string> words)
    {
        string metric = words(finding.Metric);
        Dictionary<string, string> figures = new(StringComparer.Ordinal)
        {
            ["metric"] = metric,
            ["Metric"] = char.ToUpperInvariant(metric[0]) + metric[1..],
            ["name"] = finding.Metric,
            ["value"] = PlainNumbers.Value(finding.Value),
            ["n"] = PlainNumbers.Count(finding.N),
            ["level"] = $"{Math.Round(100 * level, 3).ToString(System.Globalization.CultureInfo.InvariantCulture)} %",
            ["attribute"] = finding.Attribute ?? "",
            ["group"] = finding.Group ?? "",
            ["cohortName"] = finding.Cohort ?? "",
            ["feature"] = finding.Slice ?? "",
            ["reasonWords"] = finding.Reason ?? "",
            ["pValue"] = finding.PValue < 0.001 ? "below 0.001" : PlainNumbers.Probability(finding.PValue),
            ["pRelation"] = finding.PValue < 0.001 ? "< 0.001" : $"= {PlainNumbers.Probability(finding.PValue)}",
        };
        if (finding.Interval is { } interval)
        {
            figures["low"] = PlainNumbers.Value(interval[0]);
            figures["high"] = PlainNumbers.Value(interval[1]);
        }

        if (finding.Extremes is { } extremes)
        {
            figures["rate"] = words(extremes.Metric);
            figures["rateName"] = extremes.Metric;
            (figures["lowest"], figures["lowestValue"], figures["lowestCount"]) = Figure(extremes.Lowest);
            (figures["highest"], figures["highestValue"], figures["highestCount"]) = Figure(extremes.Highest);
        }

        if (finding.Small is { } small)
        {
            (figures["smallGroup"], figures["have"], figures["need"]) = (small.Group, PlainNumbers.Count(small.Have), PlainNumbers.Count(small.Need));
        }

        if (finding.Gate is { } gate)
        {
            figures["least"] = gate.AtLeast is double least ? PlainNumbers.Limit(least) : "";
            figures["most"] = gate.AtMost is double most ? PlainNumbers.Limit(most) : "";
            figures["needed"] = gate.NeededN is long needed ? PlainNumbers.Count(needed) : "";
        }

        return figures;

        static (string, string, string) Figure(GroupFigure figure) =>
            (figure.Group, PlainNumbers.Value(figure.Value), PlainNumbers.Count(figure.Count));
    }
}
