using System.Text.Json.Nodes;
using Governance.Audit.Comparisons;
using Governance.Audit.Findings;
using Governance.Audit.Performance;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Comparisons;

/// <summary>Both versions' scores against observed shares, one over the other. Pure.</summary>
internal static class CalibrationPairPlot
{
    /// <summary>Draws the bins that hold rows.</summary>
    /// <param name="report">A comparison with calibrations.</param>
    public static PlotDrawing Draw(ComparisonReport report)
    {
        CalibrationBin[] first = Filled(report.CalibrationA);
        CalibrationBin[] second = Filled(report.CalibrationB);
        string positive = report.Positive is { } name ? $"share of {name}" : "share of positives";
        return new PlotDrawing
        {
            Title = Title(report),
            Description = "Each dot is a bin of scores with its 95 % interval, open of the first version, filled of the second. On the line, scores equal observed shares.",
            Figure = new PlotFigure(
                [Diagonal(), Dots(first, report.A, PlotColor.Category(2), "circle-open"), Dots(second, report.B, PlotColor.Category(1), "circle")],
                new JsonObject
                {
                    ["xaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = "Mean score" }, ["range"] = new JsonArray(-0.02, 1.02) },
                    ["yaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = $"Observed {PlotJson.Escape(positive)}" }, ["range"] = new JsonArray(-0.02, 1.02) },
                    ["margin"] = new JsonObject { ["t"] = 16 },
                    ["showlegend"] = false,
                }),
            Table = new PlotTable(
                ["Version", "Scores from", "to", "n", "Mean score", $"Observed {positive}", "95 % low", "95 % high"],
                [.. first.Select(bin => Line(report.A, bin)), .. second.Select(bin => Line(report.B, bin))]),
            Height = 380,
        };
    }

    private static CalibrationBin[] Filled(IReadOnlyList<CalibrationBin> bins) =>
        [.. bins.Where(bin => bin is { Count: > 0, MeanScore: not null, Observed: not null })];

    private static string Title(ComparisonReport report)
    {
        ComparedMetric? error = report.Metrics.FirstOrDefault(metric => metric.Name == "ece");
        string n = $"n = {PlainNumbers.Count(report.Count)}";
        return error is not { A: double a, B: double b } ? $"How well both versions' scores match observed shares, {n}"
            : $"Scores miss the observed shares by {PlainNumbers.Value(a)} and {PlainNumbers.Value(b)} on average, difference "
                + $"{PlainNumbers.WithInterval(error.Difference, error.Interval)}, {n}";
    }

    private static IReadOnlyList<string> Line(string version, CalibrationBin bin) =>
    [
        version, PlainNumbers.Value(bin.Low), PlainNumbers.Value(bin.High), PlainNumbers.Count(bin.Count), PlainNumbers.Value(bin.MeanScore), PlainNumbers.Value(bin.Observed),
        bin.Interval is null ? "" : PlainNumbers.Value(bin.Interval[0]), bin.Interval is null ? "" : PlainNumbers.Value(bin.Interval[1]),
    ];

    private static JsonObject Diagonal() => new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines",
        ["x"] = new JsonArray(0, 1),
        ["y"] = new JsonArray(0, 1),
        ["line"] = new JsonObject { ["color"] = "var(--plot-zero)", ["width"] = 1, ["dash"] = "1px 3px" },
        ["hoverinfo"] = "skip",
    };

    private static JsonObject Dots(CalibrationBin[] bins, string version, string color, string symbol) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines+markers",
        ["name"] = PlotJson.Escape(version),
        ["x"] = PlotJson.Numbers(bins.Select(bin => bin.MeanScore!.Value)),
        ["y"] = PlotJson.Numbers(bins.Select(bin => bin.Observed!.Value)),
        ["line"] = new JsonObject { ["color"] = color, ["width"] = 1 },
        ["marker"] = new JsonObject { ["color"] = color, ["size"] = 8, ["symbol"] = symbol },
        ["error_y"] = new JsonObject
        {
            ["type"] = "data",
            ["symmetric"] = false,
            ["array"] = PlotJson.Numbers(bins.Select(bin => bin.Interval is null ? double.NaN : bin.Interval[1] - bin.Observed!.Value)),
            ["arrayminus"] = PlotJson.Numbers(bins.Select(bin => bin.Interval is null ? double.NaN : bin.Observed!.Value - bin.Interval[0])),
            ["color"] = color,
            ["thickness"] = 1,
        },
        ["hovertext"] = PlotJson.Texts(bins.Select(bin =>
            $"{version}, scores {PlainNumbers.Value(bin.Low)} to {PlainNumbers.Value(bin.High)}: observed {PlainNumbers.WithInterval(bin.Observed, bin.Interval)}, n = {PlainNumbers.Count(bin.Count)}")),
        ["hoverinfo"] = "text",
    };
}
