using System.Text.Json.Nodes;
using Governance.Audit.Findings;
using Governance.Portal.Components.Parts;
using Governance.Portal.Components.Plots;
using Governance.Registry.Policies;

namespace Governance.Portal.Features.Fairness;

/// <summary>Groups against their reference as a forest plot, with the band in which the policy is met. Pure.</summary>
internal static class ForestPlot
{
    private const int MostRows = 60;

    /// <summary>Draws one measure.</summary>
    /// <param name="forests">One an attribute or intersection, all of the same measure; at least one.</param>
    public static PlotDrawing Draw(IReadOnlyList<Forest> forests)
    {
        ForestMeasure measure = forests[0].Measure;
        (Forest Forest, ForestRow Row)[] all = [.. forests.SelectMany(forest => forest.Rows.Select(row => (forest, row)))];
        (Forest Forest, ForestRow Row)[] drawn = [.. all.Where(pair => pair.Row.Value is double value && double.IsFinite(value)).Take(MostRows)];
        string[] names = [.. drawn.Select(pair => $"{pair.Forest.Attribute.Replace('|', '×')} = {pair.Row.Group.Replace('|', '×')}")];
        JsonArray traces = [];
        foreach (GateVerdict? verdict in drawn.Select(pair => pair.Row.Verdict).Distinct())
        {
            int[] own = [.. Enumerable.Range(0, drawn.Length).Where(i => drawn[i].Row.Verdict == verdict)];
            traces.Add((JsonNode)Marks(verdict, [.. own.Select(i => drawn[i].Row)], [.. own.Select(i => names[i])]));
        }

        return new PlotDrawing
        {
            Title = $"{measure.Name}: {(all.Length == 1 ? "one group" : $"{PlainNumbers.Count(all.Length)} groups, each")} beside its reference", // the finding is the heading of the page
            Description = $"{measure.Name} of each group {(measure.IsRatio ? "divided by" : "less")} that of its reference, with 95 % intervals{(drawn.Length < all.Length ? $"; {drawn.Length} of {all.Length} groups, the others are in the table" : "")}.",
            Figure = new PlotFigure(traces, Layout(forests[0], names, drawn)) { Narrow = new JsonObject { ["margin"] = new JsonObject { ["r"] = 12 }, ["annotations"] = new JsonArray() } },
            Table = new PlotTable(
                ["Attribute", "Group", "Reference", "n", "Events", measure.Column, measure.Comparison, "p, adjusted", "Verdict", "Why"],
                [
                    .. all.Select(pair => (IReadOnlyList<string>)
                    [
                        pair.Forest.Attribute, pair.Row.Group, pair.Forest.Reference?.Group ?? "none", PlainNumbers.Count(pair.Row.Count), Events(measure, pair.Row),
                        pair.Row.Rate is double rate ? measure.Words(rate) : "undefined",
                        PlainNumbers.WithInterval(pair.Row.Value, pair.Row is { Low: double low, High: double high } ? [low, high] : null),
                        PlainNumbers.Probability(pair.Row.PValue), pair.Row.Verdict is null ? "no limit" : VerdictWords.Word(pair.Row.Verdict), pair.Row.Why ?? "",
                    ]),
                ]),
            Height = PlotJson.RowsHeight(Math.Max(2, names.Length)) + 28,
        };
    }

    /// <summary>How many rows of a group the rate counts; empty where the rate is not a share of all its rows.</summary>
    public static string Events(ForestMeasure measure, ForestRow row) =>
        measure.Rate is "selection_rate" or "accuracy" && row.Rate is double rate ? PlainNumbers.Count((long)Math.Round(rate * row.Count)) : "";

    private static JsonObject Marks(GateVerdict? verdict, ForestRow[] rows, string[] names) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "markers",
        ["name"] = verdict is null ? "no limit" : VerdictWords.Word(verdict),
        ["x"] = PlotJson.Numbers(rows.Select(row => row.Value!.Value)),
        ["y"] = PlotJson.Texts(names),
        ["marker"] = new JsonObject
        {
            ["color"] = PlotColor.Verdict(verdict),
            ["size"] = 9,
            ["symbol"] = verdict switch { GateVerdict.Breaches => "diamond", GateVerdict.Inconclusive => "circle-open", _ => "circle" },
            ["line"] = new JsonObject { ["width"] = verdict == GateVerdict.Inconclusive ? 1.75 : 0, ["color"] = PlotColor.Verdict(verdict) },
        },
        ["error_x"] = new JsonObject
        {
            ["type"] = "data",
            ["symmetric"] = false,
            ["array"] = PlotJson.Numbers(rows.Select(row => row.High is double high ? high - row.Value!.Value : double.NaN)),
            ["arrayminus"] = PlotJson.Numbers(rows.Select(row => row.Low is double low ? row.Value!.Value - low : double.NaN)),
            ["color"] = PlotColor.Verdict(verdict),
        },
        ["hovertext"] = PlotJson.Texts(rows.Select((row, i) =>
            $"{PlotJson.Escape(names[i])}: {PlainNumbers.WithInterval(row.Value, row is { Low: double low, High: double high } ? [low, high] : null)}, n = {PlainNumbers.Count(row.Count)}, p {PlainNumbers.Probability(row.PValue)}{(row.Why is null ? "" : $", {row.Why}")}")),
        ["hoverinfo"] = "text",
    };

    private static JsonObject Layout(Forest forest, string[] names, (Forest Forest, ForestRow Row)[] drawn)
    {
        JsonArray shapes = [(JsonNode)CutPlots.Upright(forest.Measure.Neutral, PlotColor.Quiet, null)];
        double?[] limits = forest.Measure.IsRatio ? [forest.AtLeast] : [forest.AtLeast, forest.AtMost];
        if (forest.AtLeast is not null || forest.AtMost is not null)
        {
            double[] ends = [.. drawn.SelectMany(pair => (double?[])[pair.Row.Value, pair.Row.Low, pair.Row.High]).OfType<double>().Where(double.IsFinite), forest.Measure.Neutral];
            shapes.Insert(0, new JsonObject
            {
                ["type"] = "rect", ["xref"] = "x", ["yref"] = "paper", ["layer"] = "below", ["x0"] = forest.AtLeast ?? Math.Min(0, ends.Min()),
                ["x1"] = forest.AtMost ?? Math.Max(ends.Max(), forest.Measure.Neutral), ["y0"] = 0, ["y1"] = 1, ["fillcolor"] = PlotColor.Band, ["line"] = new JsonObject { ["width"] = 0 },
            });
            foreach (double limit in limits.OfType<double>())
            {
                shapes.Add((JsonNode)CutPlots.Upright(limit, PlotColor.Limit, "5px 3px"));
            }
        }

        return new JsonObject
        {
            ["xaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = $"{forest.Measure.Name}: {(forest.Measure.IsRatio ? "ratio to" : "difference to")} the reference" } },
            ["yaxis"] = PlotJson.FeatureAxis(names),
            ["shapes"] = shapes,
            ["margin"] = new JsonObject { ["l"] = PlotJson.LabelMargin(names), ["r"] = 104, ["t"] = 32 },
            ["annotations"] = new JsonArray([.. drawn.Select((pair, i) => (JsonNode)PlotJson.RightLabel(names[i], pair.Row.Verdict is null ? $"n = {PlainNumbers.Count(pair.Row.Count)}" : VerdictWords.Word(pair.Row.Verdict), pair.Row.Verdict == GateVerdict.Breaches))]),
            ["showlegend"] = true,
        };
    }
}
