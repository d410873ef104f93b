using System.Text.Json.Nodes;
using Governance.Audit.Ensembles;
using Governance.Audit.Findings;
using Governance.Audit.Theft.Attacks;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Inside;

/// <summary>What a copy costs, and what trees add. Pure.</summary>
internal static class InsidePlots
{
    /// <summary>Fidelity of copies by questions asked.</summary>
    public static PlotDrawing Copies(CopyCostReport report)
    {
        string measure = report.Task == "value" ? "R² of the copy" : "Cases decided alike";
        JsonArray traces = [.. report.Points.GroupBy(point => point.Attack).Select((own, place) =>
            (JsonNode)Line(InsideWords.Asked(own.Key), place, own.Select(point => ((double)point.Queries, point.Fidelity, point.Interval))))];
        JsonObject layout = Axes("Questions answered", measure, log: true);
        if (report.Task != "value")
        {
            layout["shapes"] = new JsonArray(new JsonObject
            {
                ["type"] = "line", ["xref"] = "paper", ["x0"] = 0, ["x1"] = 1, ["y0"] = report.BaseRate, ["y1"] = report.BaseRate,
                ["line"] = new JsonObject { ["color"] = PlotColor.Quiet, ["dash"] = "dot", ["width"] = 1 },
            });
        }

        return new PlotDrawing
        {
            Title = InsideWords.CopyTitle(report),
            Description = report.Task == "value" ? "R² of copies by the questions that they were made from. Whiskers are intervals."
                : $"The share of {PlainNumbers.Count(report.JudgedRows)} rows that a copy decides as the model does, by the questions that it was made from. Whiskers are intervals; the dotted line is a copy that always says the same.",
            Figure = new PlotFigure(traces, layout),
            Table = new PlotTable(
                ["Questions", "Rows asked about", $"{measure} [95 %]", "R² of scores", "Copy"],
                [.. report.Points.Select(point => (IReadOnlyList<string>)
                [
                    PlainNumbers.Count(point.Queries), InsideWords.Asked(point.Attack), PlainNumbers.WithInterval(point.Fidelity, point.Interval),
                    point.R2 is null ? "–" : PlainNumbers.Value(point.R2), point.Family,
                ])]),
            Height = 320,
        };
    }

    /// <summary>What the first trees reach.</summary>
    public static PlotDrawing Stages(TreeMembersReport report)
    {
        string measure = InsideWords.Measure(report.Metric);
        JsonArray traces = [Line(
            report.Family == Audit.Variants.Trees.TreeFamily.Boosting ? "The first trees" : "The mean of the first trees", 0,
            report.Stages.Select(stage => ((double)stage.Trees, stage.Value, stage.Interval)))];
        if (report.Singles is SingleTrees singles)
        {
            traces.Add(new JsonObject
            {
                ["type"] = "scatter", ["mode"] = "markers", ["name"] = "Single trees",
                ["x"] = PlotJson.Numbers(singles.Values.Select((_, tree) => (double)tree + 1)), ["y"] = PlotJson.Numbers(singles.Values),
                ["marker"] = new JsonObject { ["color"] = PlotColor.Category(2), ["size"] = 6, ["symbol"] = "diamond" },
            });
        }

        return new PlotDrawing
        {
            Title = InsideWords.StageTitle(report),
            Description = $"{measure} by the number of trees that count. Whiskers are intervals.{(report.Singles is null ? "" : " Diamonds are single trees by themselves.")}",
            Figure = new PlotFigure(traces, Axes("Trees", measure, log: false)),
            Table = new PlotTable(
                ["Trees", $"{measure} [95 %]"],
                [.. report.Stages.Select(stage => (IReadOnlyList<string>)[PlainNumbers.Count(stage.Trees), PlainNumbers.WithInterval(stage.Value, stage.Interval)])]),
            Height = 320,
        };
    }

    /// <summary>How much each tree moves the score.</summary>
    public static PlotDrawing Moves(TreeMembersReport report) => new()
    {
        Title = InsideWords.MoveTitle(report),
        Description = "The standard deviation of what each tree adds to the raw score, in the order of the file.",
        Figure = new PlotFigure(
            [
                new JsonObject
                {
                    ["type"] = "bar", ["name"] = "Moves the score by",
                    ["x"] = PlotJson.Numbers(report.Moves.Select(move => (double)move.Tree)), ["y"] = PlotJson.Numbers(report.Moves.Select(move => move.Moves)),
                    ["marker"] = new JsonObject { ["color"] = PlotColor.Category(1) },
                },
            ],
            Axes("Tree", "Moves the raw score by", log: false)),
        Table = new PlotTable(
            ["Tree", "Leaves", "Moves the raw score by", "Share"],
            [.. report.Moves.Select(move => (IReadOnlyList<string>)
                [PlainNumbers.Count(move.Tree), PlainNumbers.Count(move.Leaves), PlainNumbers.Value(move.Moves), PlainNumbers.Percent(move.Share)])]),
        Height = 280,
    };

    private static JsonObject Line(string name, int place, IEnumerable<(double X, double Y, IReadOnlyList<double>? Interval)> points)
    {
        (double X, double Y, IReadOnlyList<double>? Interval)[] all = [.. points];
        return new JsonObject
        {
            ["type"] = "scatter", ["mode"] = "lines+markers", ["name"] = name,
            ["x"] = PlotJson.Numbers(all.Select(point => point.X)), ["y"] = PlotJson.Numbers(all.Select(point => point.Y)),
            ["line"] = new JsonObject { ["color"] = PlotColor.Category(place + 1) },
            ["marker"] = new JsonObject { ["color"] = PlotColor.Category(place + 1), ["size"] = 7, ["symbol"] = place == 0 ? "circle" : "square" },
            ["error_y"] = new JsonObject
            {
                ["type"] = "data", ["symmetric"] = false, ["thickness"] = 1, ["color"] = PlotColor.Category(place + 1),
                ["array"] = PlotJson.Numbers(all.Select(point => point.Interval is { } ends ? ends[1] - point.Y : 0)),
                ["arrayminus"] = PlotJson.Numbers(all.Select(point => point.Interval is { } ends ? point.Y - ends[0] : 0)),
            },
        };
    }

    private static JsonObject Axes(string across, string up, bool log)
    {
        JsonObject x = new() { ["title"] = new JsonObject { ["text"] = across } };
        if (log)
        {
            x["type"] = "log";
        }

        return new JsonObject
        {
            ["xaxis"] = x,
            ["yaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = up } },
            ["showlegend"] = true,
            ["legend"] = new JsonObject { ["orientation"] = "h", ["y"] = 1.02, ["yanchor"] = "bottom", ["x"] = 0 },
        };
    }
}
