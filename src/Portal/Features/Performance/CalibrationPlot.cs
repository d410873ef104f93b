using System.Text.Json.Nodes;
using Governance.Audit.Findings;
using Governance.Audit.Performance;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Performance;

/// <summary>The reliability diagram: observed share of positives against mean score, bin by bin. Pure.</summary>
internal static class CalibrationPlot
{
    private const double LargestDot = 16; // CSS pixels across, for the fullest bin; area is in proportion to its rows

    /// <summary>Draws the bins that hold rows.</summary>
    /// <param name="report">A report with a score; empty bins are left out.</param>
    public static PlotDrawing Draw(PerformanceReport report)
    {
        List<CalibrationBin> bins = [.. report.Calibration.Where(bin => bin.Count > 0 && bin.MeanScore is not null && bin.Observed is not null)];
        string positive = report.Positive is { } name ? $"share of {name}" : "share of positives";
        return new PlotDrawing
        {
            Title = Title(report, bins),
            Description = "Each dot is a bin of scores, larger with more rows; whiskers are 95 % intervals. "
                + "On the line, scores equal observed shares.",
            Figure = new PlotFigure([Diagonal(), Dots(bins)], Layout(positive)),
            Table = new PlotTable(
                ["Scores from", "to", "n", "Mean score", $"Observed {positive}", "95 % low", "95 % high"],
                [
                    .. bins.Select(bin => (IReadOnlyList<string>)
                    [
                        PlainNumbers.Value(bin.Low), PlainNumbers.Value(bin.High), PlainNumbers.Count(bin.Count),
                        PlainNumbers.Value(bin.MeanScore), PlainNumbers.Value(bin.Observed),
                        bin.Interval is null ? "" : PlainNumbers.Value(bin.Interval[0]),
                        bin.Interval is null ? "" : PlainNumbers.Value(bin.Interval[1]),
                    ]),
                ]),
            Height = 380,
        };
    }

    private static JsonObject Diagonal() => new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines",
        ["name"] = "scores equal shares",
        ["x"] = new JsonArray(0, 1),
        ["y"] = new JsonArray(0, 1),
        ["line"] = new JsonObject { ["color"] = "var(--plot-zero)", ["width"] = 1, ["dash"] = "1px 3px" },
        ["hoverinfo"] = "skip",
    };

    private static JsonObject Dots(List<CalibrationBin> bins)
    {
        double most = Math.Max(1, bins.Select(bin => bin.Count).DefaultIfEmpty(1).Max());
        return new JsonObject
        {
            ["type"] = "scatter",
            ["mode"] = "markers",
            ["name"] = "bins of scores",
            ["x"] = PlotJson.Numbers(bins.Select(bin => bin.MeanScore!.Value)),
            ["y"] = PlotJson.Numbers(bins.Select(bin => bin.Observed!.Value)),
            ["marker"] = new JsonObject
            {
                ["color"] = "var(--cat-1)",
                ["size"] = PlotJson.Numbers(bins.Select(bin => Math.Max(7, LargestDot * Math.Sqrt(bin.Count / most)))),
            },
            ["error_y"] = new JsonObject
            {
                ["type"] = "data",
                ["symmetric"] = false,
                ["array"] = PlotJson.Numbers(bins.Select(bin => bin.Interval is null ? double.NaN : bin.Interval[1] - bin.Observed!.Value)),
                ["arrayminus"] = PlotJson.Numbers(bins.Select(bin => bin.Interval is null ? double.NaN : bin.Observed!.Value - bin.Interval[0])),
                ["color"] = "var(--ink)",
            },
            ["hovertext"] = PlotJson.Texts(bins.Select(bin =>
                $"scores {PlainNumbers.Value(bin.Low)} to {PlainNumbers.Value(bin.High)}: observed "
                + $"{PlainNumbers.WithInterval(bin.Observed, bin.Interval)}, n = {PlainNumbers.Count(bin.Count)}")),
            ["hoverinfo"] = "text",
        };
    }

    private static JsonObject Layout(string positive) => new()
    {
        ["xaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = "Mean score" }, ["range"] = new JsonArray(-0.02, 1.02) },
        ["yaxis"] = new JsonObject
        {
            ["title"] = new JsonObject { ["text"] = $"Observed {PlotJson.Escape(positive)}" },
            ["range"] = new JsonArray(-0.02, 1.02),
        },
        ["margin"] = new JsonObject { ["t"] = 32 },
    };

    private static string Title(PerformanceReport report, List<CalibrationBin> bins)
    {
        string n = $"n = {PlainNumbers.Count(report.Count)}";
        int off = bins.Count(bin => bin.Interval is { } interval && (bin.MeanScore < interval[0] || bin.MeanScore > interval[1]));
        string judged = $"{off} of {bins.Count} bins lie off the line beyond their interval";
        return report.Metrics.GetValueOrDefault("ece") is double error
            ? $"Scores miss the observed shares by {PlainNumbers.WithInterval(error, report.Intervals.GetValueOrDefault("ece"))} "
                + $"on average; {judged}, {n}"
            : $"{judged}, {n}";
    }
}
