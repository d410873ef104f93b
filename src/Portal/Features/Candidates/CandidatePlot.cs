using System.Text.Json.Nodes;
using Governance.Audit.Candidates;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Candidates;

/// <summary>Two metrics of all candidates against each other, with the front. Pure.</summary>
internal static class CandidatePlot
{
    /// <summary>Draws the candidates that have both metrics.</summary>
    /// <param name="board">The board.</param>
    /// <param name="x">The horizontal metric.</param>
    /// <param name="y">The vertical metric.</param>
    /// <returns>Null where fewer than two candidates have both.</returns>
    public static PlotDrawing? Draw(CandidateBoard board, BoardMetric x, BoardMetric y)
    {
        BoardRow[] rows = [.. board.Within.Where(row => row.Candidate.Figures.ContainsKey(x.Key) && row.Candidate.Figures.ContainsKey(y.Key))];
        if (rows.Length < 2)
        {
            return null;
        }

        // The line joins what no other beats by the estimates of these two metrics alone.
        HashSet<string> best = [.. ParetoFront.Place([.. rows.Select(row => row.Candidate)], [x.Metric, y.Metric])
            .Where(place => place.Place == FrontPlace.Front).Select(place => place.Name)];
        BoardRow[] front = [.. rows.Where(row => best.Contains(row.Candidate.Name)).OrderBy(row => row.Candidate.Figures[x.Key].Value)];
        return new PlotDrawing
        {
            Title = Title(rows, front, x, y),
            Description = $"{x.Title} against {y.Title}; the line joins the candidates that no other beats by the estimates of these two. Whiskers: intervals of the evidence.",
            Figure = new PlotFigure(
                [
                    Line(front, x, y),
                    .. Enum.GetValues<FrontPlace>().Select(place => rows.Where(row => row.Placed?.Place == place).ToArray())
                        .Where(group => group.Length > 0).Select(group => Marks(group, x, y)),
                ],
                new JsonObject
                {
                    ["xaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = PlotJson.Escape(x.Title) } },
                    ["yaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = PlotJson.Escape(y.Title) } },
                    ["margin"] = new JsonObject { ["t"] = 32 },
                    ["showlegend"] = true,
                }),
            Table = new PlotTable(
                ["Candidate", x.Title, y.Title, "Place by all chosen metrics", "On the line"],
                [
                    .. rows.Select(row => (IReadOnlyList<string>)
                    [
                        row.Candidate.Name, x.Words(row.Candidate.Figures[x.Key]), y.Words(row.Candidate.Figures[y.Key]), CandidateWords.Place(row),
                        best.Contains(row.Candidate.Name) ? "yes" : "no",
                    ]),
                ]),
            Height = 400,
        };
    }

    // The board's finding is of all chosen metrics; the drawing's is of its two.
    private static string Title(BoardRow[] rows, BoardRow[] front, BoardMetric x, BoardMetric y) =>
        $"By {y.Title} and {x.Title} alone, {string.Join(", ", front.Select(row => row.Candidate.Name))} {(front.Length == 1 ? "is" : "are")} beaten by none of {rows.Length}";

    private static JsonObject Line(BoardRow[] front, BoardMetric x, BoardMetric y) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines",
        ["name"] = "front of the two",
        ["x"] = PlotJson.Numbers(front.Select(row => row.Candidate.Figures[x.Key].Value)),
        ["y"] = PlotJson.Numbers(front.Select(row => row.Candidate.Figures[y.Key].Value)),
        ["line"] = new JsonObject { ["color"] = PlotColor.Mass, ["width"] = 1.5 },
        ["hoverinfo"] = "skip",
    };

    private static JsonObject Marks(BoardRow[] rows, BoardMetric x, BoardMetric y)
    {
        FrontPlace place = rows[0].Placed!.Place;
        return new JsonObject
        {
            ["type"] = "scatter",
            ["mode"] = "markers+text",
            ["name"] = CandidateWords.Name(place),
            ["x"] = PlotJson.Numbers(rows.Select(row => row.Candidate.Figures[x.Key].Value)),
            ["y"] = PlotJson.Numbers(rows.Select(row => row.Candidate.Figures[y.Key].Value)),
            ["error_x"] = Whiskers(rows, x),
            ["error_y"] = Whiskers(rows, y),
            ["text"] = PlotJson.Texts(rows.Select(row => PlotJson.Escape(row.Champion ? $"{row.Candidate.Name} (champion)" : row.Candidate.Name))),
            ["textposition"] = "top right", // beside its whiskers
            ["marker"] = new JsonObject
            {
                ["color"] = PlotColor.Category(1 + (int)place),
                ["symbol"] = place switch { FrontPlace.Front => "circle", FrontPlace.NotSeparable => "diamond", FrontPlace.Dominated => "x", _ => "circle-open" },
                ["size"] = 10,
            },
            ["hovertext"] = PlotJson.Texts(rows.Select(row => PlotJson.Escape(
                $"{row.Candidate.Name}: {x.Title} {x.Words(row.Candidate.Figures[x.Key])}, {y.Title} {y.Words(row.Candidate.Figures[y.Key])}"))),
            ["hoverinfo"] = "text",
        };
    }

    private static JsonObject Whiskers(BoardRow[] rows, BoardMetric metric) => new()
    {
        ["type"] = "data",
        ["symmetric"] = false,
        ["array"] = PlotJson.Numbers(rows.Select(row => row.Candidate.Figures[metric.Key] is { Interval: { } ends } figure ? ends[1] - figure.Value : 0)),
        ["arrayminus"] = PlotJson.Numbers(rows.Select(row => row.Candidate.Figures[metric.Key] is { Interval: { } ends } figure ? figure.Value - ends[0] : 0)),
        ["thickness"] = 1,
        ["width"] = 3,
    };
}
