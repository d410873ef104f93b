using System.Text.Json.Nodes;
using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Summaries;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Explanations.Summaries;

namespace Governance.Portal.Features.Explanations;

/// <summary>One dot a row and feature: how far the feature moved the output, coloured by the feature's value. Pure.</summary>
/// <remarks>Above <see cref="MostDots"/> a dot stands for the rows at its place (<see cref="DensePlot"/>).</remarks>
internal static class BeeswarmPlot
{
    /// <summary>The most dots drawn one by one.</summary>
    public const int MostDots = 20_000;

    private const int Bins = 90;
    private const int GlDots = 6_000; // above this SVG dots are slow to draw and hover

    /// <summary>Draws the attributions of one class.</summary>
    /// <param name="report">At least one explained row.</param>
    /// <param name="position">Which class of the report's arrays.</param>
    /// <param name="order">The features, the most important first; those the report lacks are left out.</param>
    /// <param name="data">The data explained; dots of a feature that it has no column for are grey.</param>
    /// <exception cref="ArgumentException">There is no row.</exception>
    public static PlotDrawing Draw(ExplanationReport report, int position, IReadOnlyList<string> order, Table data) =>
        Draw(AttributionMatrix.Of(report, position), AttributionUnit.Of(report, position), order, data);

    /// <summary>Draws the attributions of some rows.</summary>
    /// <param name="attributions">At least one row.</param>
    /// <param name="unit">What they are measured in.</param>
    /// <param name="order">The features, the most important first; those the attributions lack are left out.</param>
    /// <param name="data">The data explained; dots of a feature that it has no column for are grey.</param>
    /// <exception cref="ArgumentException">There is no row.</exception>
    public static PlotDrawing Draw(AttributionMatrix attributions, AttributionUnit unit, IReadOnlyList<string> order, Table data)
    {
        ArgumentOutOfRangeException.ThrowIfZero(attributions.Count, nameof(attributions));
        List<string> known = [.. attributions.Features];
        int[] shown = [.. order.Select(name => known.IndexOf(name)).Where(feature => feature >= 0)];
        long dots = (long)shown.Length * attributions.Count;
        bool dense = dots > MostDots;
        double[][] values = [.. shown.Select(attributions.Column)];
        string[] names = [.. shown.Select(feature => known[feature])];
        return new PlotDrawing
        {
            Title = Title(names, values, attributions.Count),
            Description = dense
                ? $"{PlainNumbers.Count(dots)} attributions, too many for dots of their own: each dot is one row that stands for all rows at its place, chosen by a hash "
                    + "of the row and so the same at every look. Colour is the feature's value, low to high. Where rows are many the swarm is wide."
                : $"One dot a row and feature, {PlainNumbers.Count(dots)} in all; colour is the feature's value, low to high. "
                    + "Where dots are dense the swarm is wide.",
            Figure = new PlotFigure(
                dense ? DensePlot.Traces(attributions, shown, data) : Traces(Swarms(attributions, names, values, data), attributions.Rows.ToArray(), data, dots > GlDots),
                Layout(names, unit)),
            Table = Twin(names, values, unit),
            Height = PlotJson.RowsHeight(names.Length),
        };
    }

    private static List<Swarm> Swarms(AttributionMatrix attributions, string[] names, double[][] values, Table data)
    {
        int[] rows = attributions.Rows.ToArray();
        double low = values.SelectMany(column => column).DefaultIfEmpty(0).Min();
        double high = values.SelectMany(column => column).DefaultIfEmpty(0).Max();
        return
        [
            .. names.Select((name, line) => new Swarm(
                name, values[line], SwarmOffsets.Place(values[line], rows, low, high, Bins), FeatureShade.Of(data.Find(name), rows))),
        ];
    }

    private static JsonArray Traces(List<Swarm> swarms, int[] rows, Table data, bool gl)
    {
        List<Dot> all =
        [
            .. swarms.SelectMany((swarm, line) => Enumerable.Range(0, rows.Length).Select(i => new Dot(
                rows[i], swarm.Values[i], Math.Round(line + swarm.Offsets[i], 4), swarm.Shades[i],
                gl ? data.Find(swarm.Feature)?.Text(rows[i]) ?? "missing" : Hover(swarm, i, rows[i], data.Find(swarm.Feature))))),
        ];
        JsonArray traces = [];
        foreach (bool grey in (bool[])[true, false])
        {
            List<Dot> dots = [.. all.Where(dot => double.IsNaN(dot.Shade) == grey)];
            if (dots.Count > 0)
            {
                traces.Add((JsonNode)Trace(dots, grey, gl));
            }
        }

        return traces;
    }

    private static JsonObject Trace(List<Dot> dots, bool grey, bool gl) => new()
    {
        ["type"] = gl ? "scattergl" : "scatter",
        ["mode"] = "markers",
        ["name"] = grey ? "no value or no order" : "feature value",
        ["x"] = PlotJson.Numbers(dots.Select(dot => dot.X)),
        ["y"] = PlotJson.Numbers(dots.Select(dot => dot.Y)),
        ["text"] = PlotJson.Texts(dots.Select(dot => dot.Hover)),
        ["customdata"] = new JsonArray([.. dots.Select(dot => (JsonNode)dot.Row)]),
        ["hoverinfo"] = gl ? "text+x" : "text",
        ["marker"] = Marker(dots, grey),
        ["showlegend"] = false,
    };

    private static JsonObject Marker(List<Dot> dots, bool grey)
    {
        if (grey)
        {
            return new JsonObject { ["size"] = 4.4, ["color"] = "var(--ink-off)", ["opacity"] = 0.9 };
        }

        return new JsonObject
        {
            ["size"] = 4.4,
            ["opacity"] = 0.9,
            ["color"] = PlotJson.Numbers(dots.Select(dot => dot.Shade)),
            ["cmin"] = 0,
            ["cmax"] = 1,
            ["colorscale"] = new JsonArray(
                [.. Enumerable.Range(0, 7).Select(step => (JsonNode)new JsonArray(Math.Round(step / 6.0, 4), $"var(--ramp-{step})"))]),
        };
    }

    private static JsonObject Layout(string[] names, AttributionUnit unit)
    {
        JsonObject axis = PlotJson.FeatureAxis(names);
        axis["type"] = "linear";
        axis.Remove("categoryorder");
        axis.Remove("categoryarray");
        axis["tickvals"] = PlotJson.Numbers(Enumerable.Range(0, names.Length).Select(line => (double)line));
        axis["showgrid"] = true;
        return new JsonObject
        {
            ["xaxis"] = new JsonObject
            {
                ["title"] = new JsonObject { ["text"] = $"Attribution, {PlotJson.Escape(unit.Words)}" },
                ["zeroline"] = true,
            },
            ["yaxis"] = axis,
            ["margin"] = new JsonObject { ["l"] = PlotJson.LabelMargin(names) },
        };
    }

    private static PlotTable Twin(string[] names, double[][] values, AttributionUnit unit) => new(
        ["Feature", $"Lowest attribution, {unit.Words}", "Quarter", "Median", "Three quarters", "Highest"],
        [
            .. names.Select((name, line) =>
            {
                double[] sorted = [.. values[line]];
                Array.Sort(sorted);
                return (IReadOnlyList<string>)
                [
                    name,
                    .. ((double[])[0, 0.25, 0.5, 0.75, 1]).Select(share => PlainNumbers.Signed(Quantile(sorted, share))),
                ];
            }),
        ]);

    // Linear interpolation between order statistics, type 7 of Hyndman and Fan (1996).
    private static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }

    private static string Title(string[] names, double[][] values, int rows)
    {
        if (names.Length == 0)
        {
            return $"No feature to show, n = {PlainNumbers.Count(rows)}";
        }

        int widest = Enumerable.Range(0, names.Length).MaxBy(line => values[line].Max() - values[line].Min());
        return $"{names[widest]} moved single decisions the most: {PlainNumbers.Signed(values[widest].Min())} to "
            + $"{PlainNumbers.Signed(values[widest].Max())}, n = {PlainNumbers.Count(rows)}";
    }

    private static string Hover(Swarm swarm, int i, int row, Column? column) =>
        $"{PlotJson.Escape(swarm.Feature)} = {PlotJson.Escape(column?.Text(row) ?? "missing")}: "
        + $"{PlainNumbers.Signed(swarm.Values[i])}, row {PlainNumbers.Count(row)}";

    private sealed record Swarm(string Feature, double[] Values, double[] Offsets, double[] Shades);

    private sealed record Dot(int Row, double X, double Y, double Shade, string Hover);
}
