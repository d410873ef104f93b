using System.Text.Json.Nodes;
using Governance.Audit.Equivalence;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Equivalence;

/// <summary>How much of its limit each line uses up, with intervals, so that lines of all kinds share one axis. Pure.</summary>
internal static class BatteryForest
{
    private const double Edge = 4; // limits; what lies further out would press all else together, and is drawn here
    private const int WidestName = 340; // CSS pixels

    /// <summary>Draws every judged line with an interval; agreements, which have a floor, count what they lack to 1.</summary>
    public static PlotDrawing Draw(SealedBattery battery)
    {
        Row[] rows = [.. battery.Lines.Select(Of).OfType<Row>()];
        string[] names = [.. rows.Select(row => row.Name)];
        JsonObject axis = PlotJson.FeatureAxis(names);
        JsonNode shortened = axis["ticktext"]!.DeepClone();
        axis["ticktext"] = PlotJson.Texts(names.Select(PlotJson.Escape));
        return new PlotDrawing
        {
            Title = BatteryWords.Capital(EquivalenceWords.Verdict(battery.Verdict)) + $": {rows.Count(row => row.Line.Verdict == LineVerdict.Meets)} of {rows.Length} lines keep their limit",
            Description = "Each dot is a line's difference as a share of what the policy allows; whiskers are its interval."
                + (rows.Any(row => Math.Abs(row.At) > Edge) ? $" Triangles stand for lines beyond {Edge:0} limits, whose figures are in the table." : ""),
            Figure = new PlotFigure([Dots(rows)], new JsonObject
            {
                ["xaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = "Share of the limit (1: the limit itself)" }, ["zeroline"] = true },
                ["yaxis"] = axis,
                ["margin"] = new JsonObject { ["l"] = Math.Clamp(16 + (int)(6.4 * names.Select(name => name.Length).DefaultIfEmpty(0).Max()), 48, WidestName) },
                ["showlegend"] = false,
                ["shapes"] = new JsonArray([.. ((double[])[-1, 1]).Select(at => (JsonNode)new JsonObject
                {
                    ["type"] = "line", ["x0"] = at, ["x1"] = at, ["yref"] = "paper", ["y0"] = 0, ["y1"] = 1,
                    ["line"] = new JsonObject { ["color"] = "var(--ink)", ["dash"] = "dot", ["width"] = 1 },
                })]),
            })
            {
                Narrow = new JsonObject
                {
                    ["yaxis"] = new JsonObject { ["ticktext"] = shortened }, ["margin"] = new JsonObject { ["l"] = PlotJson.LabelMargin(names) },
                },
            },
            Table = new PlotTable(
                ["Line", "Share of the limit", "Low", "High", "Verdict"],
                [.. rows.Select(row => (IReadOnlyList<string>)
                    [row.Name, PlainNumbers.Value(row.At), PlainNumbers.Value(row.Low), PlainNumbers.Value(row.High), EquivalenceWords.Verdict(row.Line.Verdict)])]),
            Height = PlotJson.RowsHeight(Math.Max(4, rows.Length)) + 24,
        };
    }

    // 0 is "no difference", 1 the limit: a floor f of an agreement is used up where it falls from 1 to f, a ratio's limit where its logarithm is reached.
    private static Row? Of(EquivalenceLine line)
    {
        if (line is not { Limit: not null, Difference: double value, Interval: { } ends })
        {
            return null;
        }

        Func<double, double>? share = (line.AtLeast, line.AtMost) switch
        {
            (_, > 1 and double most) when line.Name.EndsWith("_ratio", StringComparison.Ordinal) => x => Math.Log(x) / Math.Log(most),
            (> 0 and < 1 and double floor, null) => x => (1 - x) / (1 - floor),
            (< 0 and double least, null) => x => x / least,
            (_, > 0 and double most) => x => x / most,
            _ => null,
        };
        return share is null ? null : new Row(
            line, (line.Group ?? line.Where) is null ? EquivalenceWords.Name(line.Name) : $"{EquivalenceWords.Whom(line)}: {EquivalenceWords.Name(line.Name)}",
            share(value), Math.Min(share(ends[0]), share(ends[1])), Math.Max(share(ends[0]), share(ends[1])));
    }

    private static JsonObject Dots(IReadOnlyList<Row> rows) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "markers",
        ["x"] = PlotJson.Numbers(rows.Select(row => Within(row.At))),
        ["y"] = PlotJson.Texts(rows.Select(row => row.Name)),
        ["marker"] = new JsonObject
        {
            ["color"] = PlotColor.Category(1), ["size"] = 8,
            ["symbol"] = PlotJson.Texts(rows.Select(row => row.At > Edge ? "triangle-right" : row.At < -Edge ? "triangle-left" : "circle")),
        },
        ["error_x"] = new JsonObject
        {
            ["type"] = "data",
            ["symmetric"] = false,
            ["array"] = PlotJson.Numbers(rows.Select(row => Within(row.High) - Within(row.At))),
            ["arrayminus"] = PlotJson.Numbers(rows.Select(row => Within(row.At) - Within(row.Low))),
            ["color"] = "var(--ink)",
        },
        ["hovertext"] = PlotJson.Texts(rows.Select(row => PlotJson.Escape(row.Line.Sentence))),
        ["hoverinfo"] = "text",
    };

    private static double Within(double share) => Math.Clamp(share, -Edge, Edge);

    private sealed record Row(EquivalenceLine Line, string Name, double At, double Low, double High);
}
