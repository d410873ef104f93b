using System.Text.Json.Nodes;
using Governance.Audit.Findings;
using Governance.Audit.Robustness;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Robustness;

/// <summary>Columns by how much answers hang on them, as bars with whiskers. Pure.</summary>
internal static class FragilePlot
{
    private const int MostDrawn = 15;

    /// <summary>Draws the first columns; the table has all.</summary>
    public static PlotDrawing Draw(RobustnessReport report)
    {
        bool values = report.Task == "value";
        FragileColumn[] drawn = [.. report.Fragile.Take(MostDrawn)];
        (double Value, IReadOnlyList<double>? Interval)[] figures =
            [.. drawn.Select(column => values ? (column.Noise.ScoreShift, column.Noise.ScoreShiftInterval) : (column.Noise.FlipRate, column.Noise.FlipInterval))];
        string what = values ? "Values moved by" : "Answers changed";
        return new PlotDrawing
        {
            Title = RobustnessWords.Fragile(report)!,
            Description = $"Noise in one column alone: numbers by {PlainNumbers.Value(report.FragileStrength)} standard deviations, levels redrawn with that chance; whiskers are 95 % intervals."
                + (drawn.Length < report.Fragile.Count ? $" The first {drawn.Length} of {report.Fragile.Count} are drawn; the table has all." : ""),
            Figure = new PlotFigure([Bars(drawn, figures)], new JsonObject
            {
                ["xaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = what }, ["rangemode"] = "tozero" },
                ["yaxis"] = PlotJson.FeatureAxis(drawn.Select(column => column.Column)),
                ["margin"] = new JsonObject { ["l"] = PlotJson.LabelMargin(drawn.Select(column => column.Column)), ["r"] = 24 },
            }),
            Table = new PlotTable(
                ["Column", "Answers changed [95 %]", "Scores moved by [95 %]", "Answers changed where empty [95 %]"],
                [.. report.Fragile.Select(column => (IReadOnlyList<string>)
                [
                    column.Column, RobustnessWords.Share(column.Noise.FlipRate, column.Noise.FlipInterval), PlainNumbers.WithInterval(column.Noise.ScoreShift, column.Noise.ScoreShiftInterval),
                    column.Missing is null || column.Missing.Refusal is not null ? "refused" : RobustnessWords.Share(column.Missing.FlipRate, column.Missing.FlipInterval),
                ])]),
            Height = PlotJson.RowsHeight(drawn.Length),
        };
    }

    private static JsonObject Bars(FragileColumn[] drawn, (double Value, IReadOnlyList<double>? Interval)[] figures) => new()
    {
        ["type"] = "bar",
        ["orientation"] = "h",
        ["x"] = PlotJson.Numbers(figures.Select(figure => figure.Value)),
        ["y"] = PlotJson.Texts(drawn.Select(column => column.Column)),
        ["marker"] = new JsonObject { ["color"] = PlotColor.Mass },
        ["error_x"] = new JsonObject
        {
            ["type"] = "data",
            ["symmetric"] = false,
            ["array"] = PlotJson.Numbers(figures.Select(figure => figure.Interval is { } ends ? ends[1] - figure.Value : double.NaN)),
            ["arrayminus"] = PlotJson.Numbers(figures.Select(figure => figure.Interval is { } ends ? figure.Value - ends[0] : double.NaN)),
            ["color"] = PlotColor.Ink,
        },
        ["hovertext"] = PlotJson.Texts(drawn.Select((column, i) => $"{PlotJson.Escape(column.Column)}: {PlainNumbers.WithInterval(figures[i].Value, figures[i].Interval)}")),
        ["hoverinfo"] = "text",
        ["showlegend"] = false,
    };
}
