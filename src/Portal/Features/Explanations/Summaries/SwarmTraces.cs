using System.Text.Json.Nodes;
using Governance.Audit.Data;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Explanations.Summaries;

/// <summary>The dots of a beeswarm: one for each attribution while they are few, else each stands for the rows at its place. Pure.</summary>
/// <remarks>They are of the type "dots" of js/plot-dots.js, which draws thousands of them at once.</remarks>
internal static class SwarmTraces
{
    /// <summary>The most dots of the whole plot: more would cover each other, and make the page large.</summary>
    public const int MostDots = 6_000;

    private const int Bins = 90;
    private const int MostPlaces = 16;
    private const int LeastPlaces = 3;
    private const double Size = 4.4; // of a dot, in CSS pixels

    /// <summary>The traces: for each feature one.</summary>
    /// <param name="features">Their names, the most important first.</param>
    /// <param name="values">Shape [features][rows]: the attributions.</param>
    /// <param name="low">The least of them all.</param>
    /// <param name="high">The greatest.</param>
    /// <param name="rows">Shape [rows]: each one's row in the data.</param>
    /// <param name="data">The data explained; dots of a feature that it has no column for are grey.</param>
    public static JsonArray Of(IReadOnlyList<string> features, double[][] values, double low, double high, int[] rows, Table data)
    {
        bool dense = (long)features.Count * rows.Length > MostDots;
        IReadOnlyList<SwarmCell>[] swarms = dense ? Dense(values, rows, low, high) : [.. values.Select(column => Each(column, rows, low, high))];
        int decimals = high > low ? Math.Clamp((int)Math.Ceiling(-Math.Log10((high - low) / 5_000)), 0, 15) : 15;
        return [.. features.Select((feature, line) => Trace(feature, line, swarms[line], values[line], rows, data.Find(feature), dense, decimals))];
    }

    // As many places as leave the plot within its dots.
    private static IReadOnlyList<SwarmCell>[] Dense(double[][] values, int[] rows, double low, double high)
    {
        for (int places = MostPlaces; ; places--)
        {
            IReadOnlyList<SwarmCell>[] swarms = [.. values.Select(column => SwarmCells.Place(column, rows, low, high, Bins, places))];
            if (places == LeastPlaces || swarms.Sum(swarm => swarm.Count) <= MostDots)
            {
                return swarms;
            }
        }
    }

    private static SwarmCell[] Each(double[] values, int[] rows, double low, double high) =>
        [.. SwarmOffsets.Place(values, rows, low, high, Bins).Select((offset, i) => new SwarmCell(i, offset, 1))];

    // Numbers only, and one sentence for all dots: a hundred letters a dot would be most of the page.
    private static JsonObject Trace(
        string feature, int line, IReadOnlyList<SwarmCell> cells, double[] values, int[] rows, Column? column, bool dense, int decimals)
    {
        double[] shades = FeatureShade.Of(column, rows);
        return new JsonObject
        {
            ["type"] = "dots",
            ["name"] = feature,
            ["x"] = PlotJson.Numbers(cells.Select(cell => Math.Round(values[cell.Index], decimals))),
            ["y"] = PlotJson.Numbers(cells.Select(cell => Math.Round(line + cell.Offset, 3))),
            ["shade"] = PlotJson.Numbers(cells.Select(cell => Math.Round(shades[cell.Index], 3))),
            ["text"] = new JsonArray([.. cells.Select(cell => PlotNumbers.Cell(column, rows[cell.Index]))]),
            ["customdata"] = new JsonArray([.. cells.Select(cell => (JsonNode)new JsonArray(rows[cell.Index], cell.Count))]),
            ["hovertemplate"] = $"{PlotJson.Escape(feature)} = %{{text}}: %{{x}}, row %{{customdata[0]:,}}{(dense ? ", one of %{customdata[1]:,} here" : "")}<extra></extra>",
            ["marker"] = new JsonObject { ["size"] = Size, ["colors"] = PlotColor.Ramp(), ["without"] = "var(--ink-off)" },
            ["showlegend"] = false,
        };
    }
}
