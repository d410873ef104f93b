using System.Text.Json.Nodes;
using Governance.Audit.Explanations;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Explanations;

/// <summary>Which features work together: mean |Shapley interaction index| of each pair as a heat map. Pure.</summary>
internal static class InteractionPlot
{
    /// <summary>The most features drawn; the table has all pairs.</summary>
    public const int MostDrawn = 14;

    /// <summary>Draws the interactions of one class.</summary>
    /// <param name="report">Explanations with interactions; at least one row and two features.</param>
    /// <param name="position">Which class of the report's arrays.</param>
    /// <param name="unit">What they are measured in.</param>
    public static PlotDrawing Draw(ExplanationReport report, int position, AttributionUnit unit)
    {
        int count = report.Features.Count;
        double[,] mean = Means(report, position, count);
        int[] order = [.. Enumerable.Range(0, count).OrderByDescending(i => Enumerable.Range(0, count).Sum(j => mean[i, j])).ThenBy(i => i)];
        int[] drawn = [.. order.Take(MostDrawn)];
        (int A, int B)[] pairs = [.. Pairs(count).OrderByDescending(pair => mean[pair.A, pair.B])];
        (int first, int second) = pairs[0];
        string rows = PlainNumbers.Count(report.Rows.Count);
        return new PlotDrawing
        {
            Title = mean[first, second] == 0
                ? $"No pair of features works together, n = {rows}"
                : $"{report.Features[first]} and {report.Features[second]} depend on each other most: {PlainNumbers.Value(mean[first, second])} on average, n = {rows}",
            Description = $"Mean absolute Shapley interaction index of each pair over {rows} rows, {unit.Words}. A row's index is positive where both "
                + "features together move the output further than each alone."
                + (drawn.Length < count ? $" The first {drawn.Length} of {count} features are drawn; the table has all pairs." : ""),
            Figure = new PlotFigure([Map(report, mean, drawn)], Layout(report, drawn)),
            Table = new PlotTable(
                ["Feature", "with", $"Mean |interaction|, {unit.Words}"],
                [.. pairs.Select(pair => (IReadOnlyList<string>)[report.Features[pair.A], report.Features[pair.B], PlainNumbers.Value(mean[pair.A, pair.B])])]),
            Height = PlotJson.RowsHeight(drawn.Length) + 60,
        };
    }

    private static double[,] Means(ExplanationReport report, int position, int count)
    {
        double[,] mean = new double[count, count];
        foreach (ExplainedRow row in report.Rows)
        {
            foreach ((int a, int b) in Pairs(count))
            {
                double part = Math.Abs(row.Interactions![position][a][b]) / report.Rows.Count;
                mean[a, b] += part;
                mean[b, a] += part;
            }
        }

        return mean;
    }

    private static IEnumerable<(int A, int B)> Pairs(int count) =>
        Enumerable.Range(0, count).SelectMany(a => Enumerable.Range(a + 1, count - a - 1).Select(b => (a, b)));

    private static JsonObject Map(ExplanationReport report, double[,] mean, int[] drawn) => new()
    {
        ["type"] = "heatmap",
        ["x"] = PlotJson.Texts(drawn.Select(i => report.Features[i])),
        ["y"] = PlotJson.Texts(drawn.Select(i => report.Features[i])),
        ["z"] = new JsonArray([.. drawn.Select(i => (JsonNode)PlotJson.Numbers(drawn.Select(j => i == j ? double.NaN : mean[i, j])))]),
        ["zmin"] = 0,
        ["colorscale"] = PlotColor.LowToHigh(),
        ["xgap"] = 1,
        ["ygap"] = 1,
        ["hovertext"] = new JsonArray([.. drawn.Select(i => (JsonNode)PlotJson.Texts(drawn.Select(j =>
            i == j ? "" : $"{PlotJson.Escape(report.Features[i])} with {PlotJson.Escape(report.Features[j])}: {PlainNumbers.Value(mean[i, j])}")))]),
        ["hoverinfo"] = "text",
        ["colorbar"] = new JsonObject { ["thickness"] = 10, ["outlinewidth"] = 0 },
    };

    private static JsonObject Layout(ExplanationReport report, int[] drawn)
    {
        JsonObject across = PlotJson.FeatureAxis(drawn.Select(i => report.Features[i]));
        across["range"] = PlotJson.Numbers([-0.5, drawn.Length - 0.5]);
        across["tickangle"] = -45;
        return new JsonObject
        {
            ["xaxis"] = across,
            ["yaxis"] = PlotJson.FeatureAxis(drawn.Select(i => report.Features[i])),
            ["margin"] = new JsonObject { ["l"] = PlotJson.LabelMargin(drawn.Select(i => report.Features[i])), ["r"] = 24, ["b"] = 96 },
        };
    }
}
