using System.Text.Json.Nodes;
using Governance.Audit.Fairness;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;
using Governance.Registry.Policies;

namespace Governance.Portal.Features.Fairness;

/// <summary>What each threshold buys: impact ratio against balanced accuracy, with candidate versions on it. Pure.</summary>
internal static class CutFrontier
{
    private const int MostPoints = 41;

    /// <summary>One point of the frontier.</summary>
    /// <param name="Cut">The threshold.</param>
    /// <param name="Fairness">How groups fare there.</param>
    internal readonly record struct Point(double Cut, CutFairness Fairness);

    /// <summary>Another version of the model, as its own evidence has it.</summary>
    /// <param name="Name">Such as "v2".</param>
    /// <param name="ImpactRatio">Of the same attribute.</param>
    /// <param name="Balanced">Its balanced accuracy.</param>
    internal sealed record Candidate(string Name, CutFigure ImpactRatio, CutFigure Balanced);

    /// <summary>The frontier over thresholds spread evenly over the rows, in the order of thresholds; empty without labels or comparison.</summary>
    public static IReadOnlyList<Point> Of(CutGroups groups, int smallest, double level) => !groups.Live.HasLabels ? [] :
    [
        .. groups.All.Spread(MostPoints).Skip(1).SkipLast(1).Select(place => groups.All.Cuts[place - 1]).Order()
            .Select(cut => new Point(cut, groups.At(CutChoice.Alike(cut), smallest, level)))
            .Where(point => point.Fairness is { ImpactRatio.Value: not null, Overall.Balanced.Value: not null }),
    ];

    /// <summary>Draws it.</summary>
    public static PlotDrawing Draw(IReadOnlyList<Point> points, CutFairness now, CutFairness then, CutChoice choice, IReadOnlyList<Candidate> candidates, Gate? gate, int rows)
    {
        JsonArray traces = [.. Band(points).Select(trace => (JsonNode)trace)];
        traces.Add((JsonNode)Line(points));
        Add("in use", now.ImpactRatio, now.Overall.Balanced, PlotColor.Ink, "circle");
        Add($"candidate {CutChoice.Text(choice.Cut)}", then.ImpactRatio, then.Overall.Balanced, PlotColor.Category(1), "circle-open");
        foreach (Candidate candidate in candidates)
        {
            Add(candidate.Name, candidate.ImpactRatio, candidate.Balanced, PlotColor.Category(2), "diamond");
        }

        return new PlotDrawing
        {
            Title = Title(points, gate, rows),
            Description = $"Each point of the line is a threshold; dotted lines bound the 95 % interval of balanced accuracy.{(candidates.Count == 0 ? "" : " Diamonds: other versions of the model, as their own evidence has them.")}",
            Figure = new PlotFigure(traces, Layout(points, gate)),
            Table = new PlotTable(
                ["Point", "Impact ratio [95 %]", "Balanced accuracy [95 %]"],
                [
                    Row("in use", now.ImpactRatio, now.Overall.Balanced), Row($"candidate {CutChoice.Text(choice.Cut)}", then.ImpactRatio, then.Overall.Balanced),
                    .. candidates.Select(candidate => Row(candidate.Name, candidate.ImpactRatio, candidate.Balanced)),
                    .. points.Select(point => Row($"threshold {CutChoice.Text(point.Cut)}", point.Fairness.ImpactRatio, point.Fairness.Overall.Balanced)),
                ]),
            Height = 360,
        };

        void Add(string name, CutFigure x, CutFigure y, string color, string symbol)
        {
            if (x.Value is not null && y.Value is not null)
            {
                traces.Add((JsonNode)Mark(name, x, y, color, symbol));
            }
        }
    }

    private static string Title(IReadOnlyList<Point> points, Gate? gate, int rows)
    {
        string n = $"n = {PlainNumbers.Count(rows)}";
        if (points.Count == 0)
        {
            return "No frontier: fewer than two groups have enough labelled rows";
        }

        Point best = points.MaxBy(point => point.Fairness.Overall.Balanced.Value);
        if (gate?.AtLeast is not double limit)
        {
            return $"Balanced accuracy is highest, {PlainNumbers.Value(best.Fairness.Overall.Balanced.Value)}, at an impact ratio of {PlainNumbers.Value(best.Fairness.ImpactRatio.Value)}, {n}";
        }

        Point[] meeting = [.. points.Where(point => CutWords.Verdict(gate, point.Fairness.ImpactRatio, point.Fairness.Overall.Rows) == GateVerdict.Meets)];
        return meeting.Length == 0
            ? $"No single threshold surely meets the limit of {PlainNumbers.Limit(limit)}, {n}"
            : $"Meeting {PlainNumbers.Limit(limit)} for sure costs at least {PlainNumbers.Value(best.Fairness.Overall.Balanced.Value - meeting.Max(point => point.Fairness.Overall.Balanced.Value))} of the best balanced accuracy, {n}";
    }

    private static IReadOnlyList<string> Row(string name, CutFigure x, CutFigure y) => [name, CutWords.Number(x), CutWords.Number(y)];

    private static IEnumerable<JsonObject> Band(IReadOnlyList<Point> points)
    {
        Point[] known = [.. points.Where(point => point.Fairness.Overall.Balanced.Interval is not null)];
        foreach (int end in (int[])[0, 1])
        {
            yield return new JsonObject
            {
                ["type"] = "scatter", ["mode"] = "lines", ["hoverinfo"] = "skip", ["showlegend"] = false, ["name"] = end == 0 ? "low" : "high",
                ["x"] = PlotJson.Numbers(known.Select(point => point.Fairness.ImpactRatio.Value!.Value)),
                ["y"] = PlotJson.Numbers(known.Select(point => point.Fairness.Overall.Balanced.Interval![end])),
                ["line"] = new JsonObject { ["color"] = PlotColor.Category(1), ["width"] = 0.75, ["dash"] = "1px 3px" },
            };
        }
    }

    private static JsonObject Line(IReadOnlyList<Point> points) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines+markers",
        ["name"] = "one threshold for all",
        ["x"] = PlotJson.Numbers(points.Select(point => point.Fairness.ImpactRatio.Value!.Value)),
        ["y"] = PlotJson.Numbers(points.Select(point => point.Fairness.Overall.Balanced.Value!.Value)),
        ["line"] = new JsonObject { ["color"] = PlotColor.Category(1), ["width"] = 1.75 },
        ["marker"] = new JsonObject { ["color"] = PlotColor.Category(1), ["size"] = 4 },
        ["hovertext"] = PlotJson.Texts(points.Select(point => $"from {CutChoice.Text(point.Cut)}: impact ratio {CutWords.Number(point.Fairness.ImpactRatio)}, balanced accuracy {CutWords.Number(point.Fairness.Overall.Balanced)}")),
        ["hoverinfo"] = "text",
    };

    private static JsonObject Mark(string name, CutFigure x, CutFigure y, string color, string symbol) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "markers",
        ["name"] = PlotJson.Escape(name),
        ["x"] = PlotJson.Numbers([x.Value!.Value]),
        ["y"] = PlotJson.Numbers([y.Value!.Value]),
        ["marker"] = new JsonObject { ["color"] = color, ["size"] = 11, ["symbol"] = symbol, ["line"] = new JsonObject { ["width"] = symbol == "circle-open" ? 2 : 0, ["color"] = color } },
        ["error_x"] = Error(x, color),
        ["error_y"] = Error(y, color),
        ["hovertext"] = PlotJson.Texts([$"{PlotJson.Escape(name)}: impact ratio {CutWords.Number(x)}, balanced accuracy {CutWords.Number(y)}"]),
        ["hoverinfo"] = "text",
    };

    private static JsonObject Error(CutFigure figure, string color) => new()
    {
        ["type"] = "data",
        ["symmetric"] = false,
        ["array"] = PlotJson.Numbers([figure.Interval is { } ends ? ends[1] - figure.Value!.Value : double.NaN]),
        ["arrayminus"] = PlotJson.Numbers([figure.Interval is { } own ? figure.Value!.Value - own[0] : double.NaN]),
        ["color"] = color,
        ["thickness"] = 1,
    };

    private static JsonObject Layout(IReadOnlyList<Point> points, Gate? gate)
    {
        JsonArray shapes = [];
        if (gate?.AtLeast is double limit)
        {
            shapes.Add((JsonNode)new JsonObject
            {
                ["type"] = "rect", ["xref"] = "x", ["yref"] = "paper", ["x0"] = limit, ["x1"] = 1, ["y0"] = 0, ["y1"] = 1, ["layer"] = "below",
                ["fillcolor"] = PlotColor.Band, ["line"] = new JsonObject { ["width"] = 0 },
            });
            shapes.Add((JsonNode)CutPlots.Upright(limit, PlotColor.Limit, "5px 3px"));
        }

        return new JsonObject
        {
            ["xaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = "Lowest impact ratio over groups with enough rows" }, ["range"] = PlotJson.Numbers([Math.Max(0, points.Select(point => point.Fairness.ImpactRatio.Value ?? 0).DefaultIfEmpty(0).Min() - 0.04), 1.02]) },
            ["yaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = "Balanced accuracy" } },
            ["shapes"] = shapes,
            ["margin"] = new JsonObject { ["t"] = 60 },
            ["showlegend"] = true,
        };
    }
}
