using System.Text.Json.Nodes;
using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Explanations;

/// <summary>One dot a row and feature: how far the feature moved the output, coloured by the feature's value. Pure.</summary>
internal static class BeeswarmPlot
{
    private const int Bins = 90;
    private const int GlDots = 6_000; // above this SVG dots are slow to draw and hover

    /// <summary>Draws the attributions of one class.</summary>
    /// <param name="report">At least one explained row.</param>
    /// <param name="position">Which class of the report's arrays.</param>
    /// <param name="order">The features, the most important first; those the report lacks are left out.</param>
    /// <param name="data">The data explained; dots of a feature that it has no column for are grey.</param>
    /// <exception cref="ArgumentException">There is no row.</exception>
    public static PlotDrawing Draw(ExplanationReport report, int position, IReadOnlyList<string> order, Table data)
    {
        ArgumentOutOfRangeException.ThrowIfZero(report.Rows.Count, nameof(report));
        AttributionUnit unit = AttributionUnit.Of(report, position);
        List<Swarm> swarms = Swarms(report, position, order, data);
        int dots = swarms.Count * report.Rows.Count;
        return new PlotDrawing
        {
            Title = Title(swarms, report.Rows.Count),
            Description = $"One dot a row and feature, {PlainNumbers.Count(dots)} in all; colour is the feature's value, low to high. "
                + "Where dots are dense the swarm is wide.",
            Figure = new PlotFigure(Traces(swarms, report, data, dots > GlDots), Layout(swarms, unit)),
            Table = Twin(swarms, unit),
            Height = PlotJson.RowsHeight(swarms.Count),
        };
    }

    private static List<Swarm> Swarms(ExplanationReport report, int position, IReadOnlyList<string> order, Table data)
    {
        int[] rows = [.. report.Rows.Select(row => row.Row)];
        Dictionary<string, int> index = report.Features.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i);
        List<string> shown = [.. order.Where(index.ContainsKey)];
        List<double[]> values = [.. shown.Select(name => report.Rows.Select(row => row.Values[position][index[name]]).ToArray())];
        double low = values.SelectMany(column => column).DefaultIfEmpty(0).Min();
        double high = values.SelectMany(column => column).DefaultIfEmpty(0).Max();
        return
        [
            .. shown.Select((name, line) => new Swarm(
                name, values[line], SwarmOffsets.Place(values[line], rows, low, high, Bins), FeatureShade.Of(data.Find(name), rows))),
        ];
    }

    private static JsonArray Traces(List<Swarm> swarms, ExplanationReport report, Table data, bool gl)
    {
        List<Dot> all =
        [
            .. swarms.SelectMany((swarm, line) => Enumerable.Range(0, report.Rows.Count).Select(i => new Dot(
                swarm.Values[i], line + swarm.Offsets[i], swarm.Shades[i], Hover(swarm, i, report.Rows[i].Row, data.Find(swarm.Feature))))),
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
        ["hoverinfo"] = "text",
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

    private static JsonObject Layout(List<Swarm> swarms, AttributionUnit unit)
    {
        JsonObject axis = PlotJson.FeatureAxis(swarms.Select(swarm => swarm.Feature));
        axis["type"] = "linear";
        axis.Remove("categoryorder");
        axis.Remove("categoryarray");
        axis["tickvals"] = PlotJson.Numbers(Enumerable.Range(0, swarms.Count).Select(line => (double)line));
        axis["showgrid"] = true;
        return new JsonObject
        {
            ["xaxis"] = new JsonObject
            {
                ["title"] = new JsonObject { ["text"] = $"Attribution, {PlotJson.Escape(unit.Words)}" },
                ["zeroline"] = true,
            },
            ["yaxis"] = axis,
            ["margin"] = new JsonObject { ["l"] = PlotJson.LabelMargin(swarms.Select(swarm => swarm.Feature)) },
        };
    }

    private static PlotTable Twin(List<Swarm> swarms, AttributionUnit unit) => new(
        ["Feature", $"Lowest attribution, {unit.Words}", "Quarter", "Median", "Three quarters", "Highest"],
        [
            .. swarms.Select(swarm =>
            {
                double[] sorted = [.. swarm.Values.Order()];
                return (IReadOnlyList<string>)
                [
                    swarm.Feature,
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

    private static string Title(List<Swarm> swarms, int rows)
    {
        if (swarms.Count == 0)
        {
            return $"No feature to show, n = {PlainNumbers.Count(rows)}";
        }

        Swarm widest = swarms.MaxBy(swarm => swarm.Values.Max() - swarm.Values.Min())!;
        return $"{widest.Feature} moved single decisions the most: {PlainNumbers.Signed(widest.Values.Min())} to "
            + $"{PlainNumbers.Signed(widest.Values.Max())}, n = {PlainNumbers.Count(rows)}";
    }

    private static string Hover(Swarm swarm, int i, int row, Column? column) =>
        $"{PlotJson.Escape(swarm.Feature)} = {PlotJson.Escape(column?.Text(row) ?? "missing")}: "
        + $"{PlainNumbers.Signed(swarm.Values[i])}, row {PlainNumbers.Count(row)}";

    private sealed record Swarm(string Feature, double[] Values, double[] Offsets, double[] Shades);

    private sealed record Dot(double X, double Y, double Shade, string Hover);
}
