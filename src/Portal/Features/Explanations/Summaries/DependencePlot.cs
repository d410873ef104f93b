using System.Text.Json.Nodes;
using Governance.Audit.Data;
using Governance.Audit.Explanations.Summaries;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Explanations.Summaries;

/// <summary>A feature's value against its attribution, coloured by another feature. Pure.</summary>
internal static class DependencePlot
{
    /// <summary>The most dots drawn; of more rows those with the smallest hashes, the same at every look.</summary>
    public const int MostDots = 3_000;

    private const int MostLevels = 20;

    /// <summary>Draws it.</summary>
    /// <param name="attributions">At least one row.</param>
    /// <param name="feature">One of its features, with a column in the data.</param>
    /// <param name="data">The data explained, as the person may see them.</param>
    /// <param name="color">The column that colours the dots, or null.</param>
    /// <param name="partners">Every candidate with the share that it explains, the largest first.</param>
    /// <param name="unit">What attributions are measured in.</param>
    public static PlotDrawing Draw(
        AttributionMatrix attributions, string feature, Table data, string? color, IReadOnlyList<Partner> partners, AttributionUnit unit)
    {
        int[] rows = attributions.Rows.ToArray();
        double[] values = attributions.Column(attributions.Features.ToList().IndexOf(feature));
        Column column = data.Need(feature);
        DependenceTrend trend = DependenceTrend.Of(column, rows, values, MostLevels);
        int[] drawn = Sample(rows, i => trend.Place(column, rows[i]) is not null);
        Column? other = color is null ? null : data.Find(color);
        double[] shades = FeatureShade.Of(other, rows);
        return new PlotDrawing
        {
            Title = DependenceWords.Finding(feature, trend, color, partners, rows.Length),
            Description = $"Each dot is a row: the value of {feature} and how far it moved that row's output, {unit.Words}. "
                + DependenceWords.Drawn(drawn.Length, rows.Length, trend.Missing, MostDots)
                + "The line joins the medians of bins of the value; the band holds the middle half of each bin's rows.",
            Figure = new PlotFigure(
                [
                    .. Traces(column, other, rows, values, shades, drawn, trend),
                    .. trend.IsNumeric ? [Edge(trend, bin => bin.Quarter, false), Edge(trend, bin => bin.ThreeQuarters, true)] : Array.Empty<JsonNode>(),
                    Medians(trend),
                ],
                Layout(feature, trend, unit)),
            Table = DependenceWords.Table(feature, trend, unit),
            Height = 440,
        };
    }

    private static int[] Sample(int[] rows, Func<int, bool> placed)
    {
        int[] able = [.. Enumerable.Range(0, rows.Length).Where(placed)];
        return able.Length <= MostDots ? able : [.. able.OrderBy(i => SwarmOffsets.Hash(rows[i])).ThenBy(i => rows[i]).Take(MostDots)];
    }

    private static IEnumerable<JsonNode> Traces(
        Column column, Column? other, int[] rows, double[] values, double[] shades, int[] drawn, DependenceTrend trend)
    {
        foreach (bool grey in (bool[])[true, false])
        {
            int[] dots = [.. drawn.Where(i => double.IsNaN(shades[i]) == grey)];
            if (dots.Length == 0)
            {
                continue;
            }

            yield return new JsonObject
            {
                ["type"] = "scatter",
                ["mode"] = "markers",
                ["x"] = PlotJson.Numbers(dots.Select(i => X(column, rows[i], trend))),
                ["y"] = PlotJson.Numbers(dots.Select(i => PlotNumbers.Short(values[i]))),
                ["customdata"] = new JsonArray([.. dots.Select(i => (JsonNode)rows[i])]),
                ["text"] = new JsonArray([.. dots.Select(i => PlotNumbers.Cell(other, rows[i]))]),
                ["hovertemplate"] = $"{PlotJson.Escape(column.Name)} {(trend.IsNumeric ? "= %{x}" : "")}: %{{y}}"
                    + (other is null ? "" : $"<br>{PlotJson.Escape(other.Name)} = %{{text}}") + "<br>row %{customdata:,}<extra></extra>",
                ["marker"] = grey
                    ? new JsonObject { ["size"] = 5, ["color"] = other is null ? PlotColor.Category(1) : "var(--ink-off)", ["opacity"] = 0.6 }
                    : new JsonObject
                    {
                        ["size"] = 5,
                        ["opacity"] = 0.8,
                        ["color"] = PlotJson.Numbers(dots.Select(i => Math.Round(shades[i], 3))),
                        ["cmin"] = 0,
                        ["cmax"] = 1,
                        ["colorscale"] = PlotColor.LowToHigh(),
                    },
                ["showlegend"] = false,
            };
        }
    }

    // Levels stand side by side; within one the dots are spread by a hash of their row.
    private static double X(Column column, int row, DependenceTrend trend) => trend.IsNumeric
        ? PlotNumbers.Short(column.Number(row))
        : Math.Round(trend.Place(column, row)!.Value + (0.6 * ((SwarmOffsets.Hash(row) / (double)uint.MaxValue) - 0.5)), 3);

    private static JsonObject Edge(DependenceTrend trend, Func<TrendBin, double> at, bool fill) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines",
        ["x"] = PlotJson.Numbers(trend.Bins.Select(bin => bin.Middle)),
        ["y"] = PlotJson.Numbers(trend.Bins.Select(at)),
        ["line"] = new JsonObject { ["color"] = PlotColor.Quiet, ["width"] = 0.5 },
        ["opacity"] = 0.5,
        ["fill"] = fill ? "tonexty" : "none",
        ["fillcolor"] = "var(--selected)",
        ["hoverinfo"] = "skip",
        ["showlegend"] = false,
    };

    private static JsonObject Medians(DependenceTrend trend) => new()
    {
        ["type"] = "scatter",
        ["mode"] = trend.IsNumeric ? "lines" : "markers",
        ["x"] = PlotJson.Numbers(trend.Bins.Select(bin => bin.Middle)),
        ["y"] = PlotJson.Numbers(trend.Bins.Select(bin => bin.Median)),
        ["line"] = new JsonObject { ["color"] = PlotColor.Ink, ["width"] = 2 },
        ["marker"] = new JsonObject { ["color"] = PlotColor.Ink, ["size"] = 24, ["symbol"] = "line-ew", ["line"] = new JsonObject { ["color"] = PlotColor.Ink, ["width"] = 2 } },
        ["text"] = PlotJson.Texts(trend.Bins.Select(bin => $"{PlotJson.Escape(bin.Words)}: median {PlainNumbers.Signed(bin.Median)}, n = {PlainNumbers.Count(bin.Rows)}")),
        ["hoverinfo"] = "text",
        ["showlegend"] = false,
    };

    private static JsonObject Layout(string feature, DependenceTrend trend, AttributionUnit unit)
    {
        JsonObject across = new() { ["title"] = new JsonObject { ["text"] = PlotJson.Escape(feature) } };
        if (!trend.IsNumeric)
        {
            across["tickvals"] = PlotJson.Numbers(trend.Bins.Select(bin => bin.Middle));
            across["ticktext"] = PlotJson.Texts(trend.Bins.Select(bin => PlotJson.Escape(bin.Words.Length <= 18 ? bin.Words : bin.Words[..17] + "…")));
            across["range"] = PlotJson.Numbers([-0.5, trend.Bins.Count - 0.5]);
        }

        return new JsonObject
        {
            ["xaxis"] = across,
            ["yaxis"] = new JsonObject
            {
                ["title"] = new JsonObject { ["text"] = $"Attribution of {PlotJson.Escape(feature)}, {PlotJson.Escape(unit.Words)}" },
                ["zeroline"] = true,
            },
        };
    }
}
