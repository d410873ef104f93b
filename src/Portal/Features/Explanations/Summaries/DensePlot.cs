using System.Text.Json.Nodes;
using Governance.Audit.Data;
using Governance.Audit.Explanations.Summaries;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Explanations.Summaries;

/// <summary>The beeswarm of more rows than dots can be drawn: each dot stands for the rows at its place. Pure.</summary>
internal static class DensePlot
{
    /// <summary>The most dots of the whole plot: as many as a browser draws as SVG, and lets one point at, within half a second.</summary>
    public const int MostDots = 6_000;

    private const int Bins = 90;
    private const int MostPlaces = 16;
    private const int LeastPlaces = 3;

    /// <summary>The traces: for each feature one of those with a colour, and one of those without.</summary>
    /// <param name="attributions">At least one row.</param>
    /// <param name="shown">Positions of the features drawn, the most important first.</param>
    /// <param name="data">The data explained; dots of a feature that it has no column for are grey.</param>
    public static JsonArray Traces(AttributionMatrix attributions, IReadOnlyList<int> shown, Table data)
    {
        double[][] values = [.. shown.Select(attributions.Column)];
        double low = values.Min(column => column.Min());
        double high = values.Max(column => column.Max());
        List<SwarmCell>[] swarms = Place(values, attributions.Rows, low, high);
        int[] rows = attributions.Rows.ToArray();
        int decimals = high > low ? Math.Clamp((int)Math.Ceiling(-Math.Log10((high - low) / 5_000)), 0, 15) : 15;
        JsonArray traces = [];
        for (int line = 0; line < swarms.Length; line++)
        {
            string feature = attributions.Features[shown[line]];
            double[] shades = FeatureShade.Of(data.Find(feature), rows);
            foreach (bool grey in (bool[])[true, false])
            {
                SwarmCell[] cells = [.. swarms[line].Where(cell => double.IsNaN(shades[cell.Index]) == grey)];
                if (cells.Length > 0)
                {
                    traces.Add((JsonNode)Trace(feature, line, cells, values[line], shades, rows, data.Find(feature), grey, decimals));
                }
            }
        }

        return traces;
    }

    // As many places as leave the plot within its dots.
    private static List<SwarmCell>[] Place(double[][] values, ReadOnlySpan<int> rows, double low, double high)
    {
        for (int places = MostPlaces; ; places--)
        {
            List<SwarmCell>[] swarms = new List<SwarmCell>[values.Length];
            for (int line = 0; line < values.Length; line++)
            {
                swarms[line] = SwarmCells.Place(values[line], rows, low, high, Bins, places);
            }

            if (places == LeastPlaces || swarms.Sum(swarm => swarm.Count) <= MostDots)
            {
                return swarms;
            }
        }
    }

    // Numbers only, and one sentence for all dots: a hundred letters a dot would be most of the page.
    private static JsonObject Trace(
        string feature, int line, SwarmCell[] cells, double[] values, double[] shades, int[] rows, Column? column, bool grey, int decimals) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "markers",
        ["name"] = feature,
        ["x"] = PlotJson.Numbers(cells.Select(cell => Math.Round(values[cell.Index], decimals))),
        ["y"] = PlotJson.Numbers(cells.Select(cell => Math.Round(line + cell.Offset, 3))),
        ["text"] = new JsonArray([.. cells.Select(cell => PlotNumbers.Cell(column, rows[cell.Index]))]),
        ["customdata"] = new JsonArray([.. cells.Select(cell => (JsonNode)new JsonArray(rows[cell.Index], cell.Count))]),
        ["hovertemplate"] = $"{PlotJson.Escape(feature)} = %{{text}}: %{{x}}, row %{{customdata[0]:,}}, one of %{{customdata[1]:,}} here<extra></extra>",
        ["marker"] = grey
            ? new JsonObject { ["size"] = 4.4, ["color"] = "var(--ink-off)", ["opacity"] = 0.9 }
            : new JsonObject
            {
                ["size"] = 4.4,
                ["opacity"] = 0.9,
                ["color"] = PlotJson.Numbers(cells.Select(cell => Math.Round(shades[cell.Index], 3))),
                ["cmin"] = 0,
                ["cmax"] = 1,
                ["colorscale"] = PlotColor.LowToHigh(),
            },
        ["showlegend"] = false,
    };
}
