using System.Text.Json.Nodes;
using Governance.Audit.Explanations.Summaries;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Explanations.Summaries;

/// <summary>Attributions of all rows as a map: features by rows in an order, with the output above. Pure.</summary>
internal static class InstanceMap
{
    /// <summary>The most columns of the map; of more rows neighbours share one.</summary>
    public const int MostBlocks = 200;

    /// <summary>Draws it.</summary>
    /// <param name="attributions">At least one row.</param>
    /// <param name="order">The features, the most important first.</param>
    /// <param name="similar">Whether like rows stand side by side; else the lowest output is first.</param>
    /// <param name="unit">What attributions are measured in.</param>
    public static PlotDrawing Draw(AttributionMatrix attributions, IReadOnlyList<string> order, bool similar, AttributionUnit unit)
    {
        IReadOnlyList<InstanceBlock> blocks = InstanceOrder.Blocks(
            attributions, similar ? InstanceOrder.BySimilarity(attributions) : InstanceOrder.ByOutput(attributions), MostBlocks);
        string[] names = [.. order.Take(GlobalBarPlot.MostDrawn)];
        List<string> known = [.. attributions.Features];
        int[] places = [.. names.Select(name => known.IndexOf(name))];
        bool shared = blocks.Count < attributions.Count;
        return new PlotDrawing
        {
            Title = Finding(blocks, names, places, similar, attributions.Count, shared ? "groups of like rows" : "rows"),
            Description = $"Each column is {(shared ? $"a group of {PlainNumbers.Count(attributions.Count / blocks.Count)} or {PlainNumbers.Count((attributions.Count / blocks.Count) + 1)} neighbouring rows, with their mean" : "one row")}"
                + $" in {unit.Words}; {(similar ? "rows of like attributions stand side by side (angle of the first two principal components)" : "the lowest output is on the left")}. "
                + "The line above is the output" + (shared ? " of each group, from its least to its most." : "."),
            Figure = new PlotFigure([Map(blocks, names, places, shared), .. Output(blocks, attributions, shared)], Layout(names)),
            Table = Table(blocks, names, places, attributions),
            Height = PlotJson.RowsHeight(names.Length) + 130,
        };
    }

    private static string Finding(IReadOnlyList<InstanceBlock> blocks, string[] names, int[] places, bool similar, int rows, string what)
    {
        string of = $"n = {PlainNumbers.Count(rows)}";
        if (names.Length == 0)
        {
            return $"No feature to show, {of}";
        }

        if (similar)
        {
            int[] leads = [.. blocks.Select(block => Enumerable.Range(0, names.Length).MaxBy(line => Math.Abs(block.Means[places[line]])))];
            var most = leads.GroupBy(line => line).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).ToArray();
            return most.Length == 1
                ? $"{names[most[0].Key]} moves the output of all {what} the most, {of}"
                : $"{names[most[0].Key]} leads in {PlainNumbers.Percent((double)most[0].Count() / leads.Length)} of the {what}, {names[most[1].Key]} in {PlainNumbers.Percent((double)most[1].Count() / leads.Length)}, {of}";
        }

        InstanceBlock low = blocks[0];
        InstanceBlock high = blocks[^1];
        int widest = Enumerable.Range(0, names.Length).MaxBy(line => Math.Abs(high.Means[places[line]] - low.Means[places[line]]));
        return $"From the lowest outputs ({PlainNumbers.Value(low.Output)}) to the highest ({PlainNumbers.Value(high.Output)}) {names[widest]} changes the most: "
            + $"{PlainNumbers.Signed(low.Means[places[widest]])} to {PlainNumbers.Signed(high.Means[places[widest]])}, {of}";
    }

    private static JsonObject Map(IReadOnlyList<InstanceBlock> blocks, string[] names, int[] places, bool shared)
    {
        // Beyond the 99th percentile colours are full: a single row shall not make all others pale.
        double[] sizes = [.. blocks.SelectMany(block => places.Select(place => Math.Abs(block.Means[place]))).Order()];
        double full = sizes.Length == 0 ? 1 : sizes[(int)(0.99 * (sizes.Length - 1))];
        return new JsonObject
        {
            ["type"] = "heatmap",
            ["y"] = PlotJson.Texts(names),
            ["z"] = new JsonArray([.. places.Select(place => (JsonNode)PlotJson.Numbers(blocks.Select(block => PlotNumbers.Short(block.Means[place]))))]),
            ["zmin"] = full > 0 ? -full : -1,
            ["zmax"] = full > 0 ? full : 1,
            ["colorscale"] = PlotColor.Diverging(),
            ["hovertemplate"] = "%{y}: %{z:+.3~g}, " + (shared ? "group" : "place") + " %{x}<extra></extra>",
            ["colorbar"] = new JsonObject { ["thickness"] = 10, ["outlinewidth"] = 0, ["len"] = 0.75, ["y"] = 0, ["yanchor"] = "bottom" },
        };
    }

    private static IEnumerable<JsonNode> Output(IReadOnlyList<InstanceBlock> blocks, AttributionMatrix attributions, bool shared)
    {
        if (shared)
        {
            yield return Line(blocks.Select(block => block.Least), null, false);
            yield return Line(blocks.Select(block => block.Most), null, true);
        }

        yield return Line(
            blocks.Select(block => block.Output),
            blocks.Select(block => shared
                ? $"output {PlainNumbers.Value(block.Output)}, from {PlainNumbers.Value(block.Least)} to {PlainNumbers.Value(block.Most)}, {PlainNumbers.Count(block.Positions.Count)} rows"
                : $"row {PlainNumbers.Count(attributions.Rows[block.Positions[0]])}: output {PlainNumbers.Value(block.Output)}"),
            false);
    }

    private static JsonObject Line(IEnumerable<double> values, IEnumerable<string>? hover, bool fill) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines",
        ["yaxis"] = "y2",
        ["y"] = PlotJson.Numbers(values.Select(PlotNumbers.Short)),
        ["line"] = new JsonObject { ["color"] = hover is null ? PlotColor.Quiet : PlotColor.Ink, ["width"] = hover is null ? 0.5 : 1.5 },
        ["fill"] = fill ? "tonexty" : "none",
        ["fillcolor"] = "var(--selected)",
        ["text"] = hover is null ? null : PlotJson.Texts(hover),
        ["hoverinfo"] = hover is null ? "skip" : "text",
        ["showlegend"] = false,
    };

    private static JsonObject Layout(string[] names)
    {
        JsonObject axis = PlotJson.FeatureAxis(names);
        axis["domain"] = PlotJson.Numbers([0, 0.76]);
        return new JsonObject
        {
            ["xaxis"] = new JsonObject { ["showticklabels"] = false, ["showgrid"] = false, ["zeroline"] = false, ["title"] = new JsonObject { ["text"] = "Rows in order" } },
            ["yaxis"] = axis,
            ["yaxis2"] = new JsonObject { ["domain"] = PlotJson.Numbers([0.8, 1]), ["title"] = new JsonObject { ["text"] = "Output" }, ["anchor"] = "x", ["nticks"] = 3 },
            ["margin"] = new JsonObject { ["l"] = PlotJson.LabelMargin(names), ["r"] = 24 },
        };
    }

    private static PlotTable Table(IReadOnlyList<InstanceBlock> blocks, string[] names, int[] places, AttributionMatrix attributions) => new(
        [blocks.Count < attributions.Count ? "Group" : "Row", "Rows", "Mean output", .. names],
        [
            .. blocks.Select((block, i) => (IReadOnlyList<string>)
            [
                blocks.Count < attributions.Count ? $"{i + 1}" : PlainNumbers.Count(attributions.Rows[block.Positions[0]]),
                PlainNumbers.Count(block.Positions.Count), PlainNumbers.Value(block.Output), .. places.Select(place => PlainNumbers.Signed(block.Means[place])),
            ]),
        ]);
}
