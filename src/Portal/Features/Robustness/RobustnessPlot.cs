using System.Text.Json.Nodes;
using Governance.Audit.Findings;
using Governance.Audit.Robustness;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Robustness;

/// <summary>One kind of change from weak to strong: what changed, and a metric beside it. Pure.</summary>
internal static class RobustnessPlot
{
    // The rows before anything is done to them: every curve begins there.
    private const string AsIs = "as is";

    /// <summary>Draws a curve; strengths stand side by side, because they span decades.</summary>
    public static PlotDrawing Draw(RobustnessReport report, RobustnessCurve curve)
    {
        RobustnessPoint[] points = [.. curve.Points.Where(point => point.Refusal is null)];
        bool values = report.Task == "value";
        JsonArray traces = [];
        string[] strengths = [AsIs, .. points.Select(RobustnessWords.Strength)];
        traces.Add((JsonNode)(values
            ? Trace("values moved by", 1, "circle", strengths, [(0, null), .. points.Select(point => (point.ScoreShift, point.ScoreShiftInterval))], "y")
            : Trace("answers changed", 1, "circle", strengths, [(0, null), .. points.Select(point => (point.FlipRate, point.FlipInterval))], "y")));
        for (int m = 0; m < report.Baseline.Count; m++)
        {
            int at = m;
            traces.Add((JsonNode)Trace(
                RobustnessWords.Metric(report.Baseline[m].Metric), 2 + m, m == 0 ? "square" : "diamond", strengths,
                [(report.Baseline[at].Value, report.Baseline[at].Interval), .. points.Select(point => (point.Metrics[at].Value, point.Metrics[at].Interval))], values ? "y2" : "y"));
        }

        return new PlotDrawing
        {
            Title = RobustnessWords.Curve(report, curve),
            Description = $"Strength: {curve.Unit}. Whiskers are 95 % intervals over rows.",
            Figure = new PlotFigure(traces, Layout(report, strengths, values)),
            Table = Table(report, curve),
            Height = 300,
        };
    }

    private static JsonObject Trace(
        string name, int series, string symbol, string[] strengths, (double Value, IReadOnlyList<double>? Interval)[] figures, string axis) => new()
        {
            ["type"] = "scatter",
            ["mode"] = "lines+markers",
            ["name"] = name,
            ["x"] = PlotJson.Texts(strengths),
            ["y"] = PlotJson.Numbers(figures.Select(figure => figure.Value)),
            ["yaxis"] = axis,
            ["line"] = new JsonObject { ["color"] = PlotColor.Category(series), ["width"] = 2 },
            ["marker"] = new JsonObject { ["color"] = PlotColor.Category(series), ["size"] = 7, ["symbol"] = symbol },
            ["error_y"] = new JsonObject
            {
                ["type"] = "data",
                ["symmetric"] = false,
                ["array"] = PlotJson.Numbers(figures.Select(figure => figure.Interval is { } ends ? ends[1] - figure.Value : double.NaN)),
                ["arrayminus"] = PlotJson.Numbers(figures.Select(figure => figure.Interval is { } ends ? figure.Value - ends[0] : double.NaN)),
                ["color"] = PlotColor.Category(series),
                ["thickness"] = 1,
            },
            ["hovertext"] = PlotJson.Texts(strengths.Select((strength, i) => $"{name} {(strength == AsIs ? AsIs : $"at strength {strength}")}: {PlainNumbers.WithInterval(figures[i].Value, figures[i].Interval)}")),
            ["hoverinfo"] = "text",
        };

    private static JsonObject Layout(RobustnessReport report, string[] strengths, bool values)
    {
        JsonObject layout = new()
        {
            ["xaxis"] = new JsonObject
            {
                ["type"] = "category",
                ["title"] = new JsonObject { ["text"] = "Strength" },
                ["categoryorder"] = "array",
                ["categoryarray"] = PlotJson.Texts(strengths),
            },
            ["yaxis"] = values
                ? new JsonObject { ["title"] = new JsonObject { ["text"] = "Values moved by" }, ["rangemode"] = "tozero" }
                : new JsonObject { ["title"] = new JsonObject { ["text"] = "Share of rows, metric" }, ["range"] = PlotJson.Numbers([-0.02, 1.02]) },
            ["showlegend"] = true,
            ["legend"] = new JsonObject { ["orientation"] = "h", ["y"] = 1.02, ["yanchor"] = "bottom", ["x"] = 0 },
        };
        if (values && report.Baseline.Count > 0)
        {
            layout["yaxis2"] = new JsonObject
            {
                ["overlaying"] = "y", ["side"] = "right", ["showgrid"] = false, ["rangemode"] = "tozero",
                ["title"] = new JsonObject { ["text"] = PlotJson.Escape(RobustnessWords.Metric(report.Baseline[0].Metric)) },
            };
        }

        return layout;
    }

    private static PlotTable Table(RobustnessReport report, RobustnessCurve curve) => new(
        ["Strength", "Answers changed [95 %]", "Scores moved by [95 %]", "No number", .. report.Baseline.Select(metric => $"{RobustnessWords.Metric(metric.Metric)} [95 %]")],
        [
            [AsIs, "", "", "", .. report.Baseline.Select(metric => PlainNumbers.WithInterval(metric.Value, metric.Interval))],
            .. curve.Points.Select(point => (IReadOnlyList<string>)
            [
                RobustnessWords.Strength(point), point.Refusal is null ? RobustnessWords.Share(point.FlipRate, point.FlipInterval) : "refused",
                PlainNumbers.WithInterval(point.ScoreShift, point.ScoreShiftInterval), double.IsNaN(point.NoAnswer) ? "" : PlainNumbers.Percent(point.NoAnswer),
                .. point.Metrics.Select(metric => PlainNumbers.WithInterval(metric.Value, metric.Interval)),
            ]),
        ]);
}
