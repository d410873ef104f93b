using Governance.Audit.Fairness;
using Governance.Audit.Findings;
using Governance.Audit.Performance;
using Governance.Portal.Features.Explanations.Report;

namespace Governance.Portal.Features.Audits.Report;

/// <summary>The drawings of an audit's report, as SVG. Pure.</summary>
internal static class AuditCharts
{
    /// <summary>The most groups drawn; the table has all.</summary>
    public const int MostGroups = 40;

    private const int Wide = 760;
    private const int Small = 420;
    private const int Line = 24;

    /// <summary>A finding's interval against its limits; empty where it has no value.</summary>
    public static string Limit(Finding finding)
    {
        if (finding is not { Value: double value, Gate: { } gate })
        {
            return "";
        }

        double[] ends = [.. (finding.Interval ?? []).Where(double.IsFinite)];
        ChartScale scale = new([value, .. ends, .. ((double?[])[gate.AtLeast, gate.AtMost]).OfType<double>()], 16, Small - 16);
        Svg svg = new(Small, 62, $"{MetricWords.Of(finding.Metric)} {PlainNumbers.WithInterval(finding.Value, finding.Interval)} against its limit");
        scale.Draw(svg, 6, 26, "");
        foreach (double limit in ((double?[])[gate.AtLeast, gate.AtMost]).OfType<double>())
        {
            svg.Line(scale.At(limit), 2, scale.At(limit), 30, "limit");
            svg.Text(scale.At(limit), 54, $"limit {PlainNumbers.Limit(limit)}", scale.At(limit) > Small - 60 ? "end" : scale.At(limit) < 60 ? "start" : "middle", "strong");
        }

        if (ends.Length == 2)
        {
            svg.Whisker(scale.At(ends[0]), scale.At(ends[1]), 16);
        }

        svg.Dot(scale.At(value), 16, 4.5, $"dot dot-{AuditTables.Word(gate.Verdict)}");
        return svg.ToString().Replace("class=\"chart\"", "class=\"chart mini\"", StringComparison.Ordinal);
    }

    /// <summary>One rate of each group with its interval.</summary>
    public static string Groups(AttributeFairness attribute, string metric)
    {
        GroupMetrics[] groups = [.. attribute.Groups.Where(group => group.Metrics.GetValueOrDefault(metric) is not null).Take(MostGroups)];
        string[] labels = [.. groups.Select(group => $"{group.Group} (n = {PlainNumbers.Count(group.Count)})")];
        double left = ReportCharts.LabelRoom(labels);
        ChartScale scale = new(
            groups.SelectMany(group => (IEnumerable<double>)[group.Metrics[metric]!.Value, .. group.Intervals.GetValueOrDefault(metric) ?? []]), left, Wide - 80);
        int height = 10 + (groups.Length * Line) + 44;
        Svg svg = new(Wide, height, $"{MetricWords.Of(metric)} by {attribute.Attribute}, {groups.Length} groups with their intervals");
        scale.Draw(svg, 10, height - 44, MetricWords.Of(metric));
        for (int i = 0; i < groups.Length; i++)
        {
            double y = 10 + (i * Line) + (Line / 2.0);
            svg.Text(left - 8, y + 4, Svg.Fit(labels[i], left - 12), "end");
            if (groups[i].Intervals.GetValueOrDefault(metric) is { } interval)
            {
                svg.Whisker(scale.At(interval[0]), scale.At(interval[1]), y);
            }

            svg.Dot(scale.At(groups[i].Metrics[metric]!.Value), y, 4, "dot");
            svg.Text(Wide - 4, y + 4, PlainNumbers.Value(groups[i].Metrics[metric]), "end", "figure");
        }

        return svg.ToString();
    }

    /// <summary>Observed shares against predicted probabilities, bin by bin.</summary>
    public static string Calibration(IReadOnlyList<CalibrationBin> bins)
    {
        CalibrationBin[] filled = [.. bins.Where(bin => bin.MeanScore is not null && bin.Observed is not null)];
        ChartScale across = new([0, 1], 44, Small - 12);
        Svg svg = new(Small, Small, $"Calibration: the observed share against the mean predicted probability in {filled.Length} bins; on the diagonal they agree");
        across.Draw(svg, 12, Small - 44, "Mean predicted probability");
        foreach (double tick in across.Ticks)
        {
            svg.Line(44, Up(tick), Small - 12, Up(tick), "grid");
            svg.Text(38, Up(tick) + 4, PlainNumbers.Limit(tick), "end", "tick");
        }

        svg.Line(across.At(0), Up(0), across.At(1), Up(1), "average");
        foreach (CalibrationBin bin in filled)
        {
            if (bin.Interval is { } interval)
            {
                svg.Line(across.At(bin.MeanScore!.Value), Up(interval[0]), across.At(bin.MeanScore.Value), Up(interval[1]), "whisker");
            }

            svg.Dot(across.At(bin.MeanScore!.Value), Up(bin.Observed!.Value), 4, "dot");
        }

        return svg.ToString().Replace("class=\"chart\"", "class=\"chart square\"", StringComparison.Ordinal);

        static double Up(double share) => Small - 44 - (Math.Clamp(share, 0, 1) * (Small - 56));
    }
}
