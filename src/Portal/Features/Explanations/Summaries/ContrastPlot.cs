using System.Text.Json.Nodes;
using Governance.Audit.Explanations.Summaries;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Explanations.Summaries;

/// <summary>Mean |attribution| in a cohort beside that of the other rows: two dots with whiskers a feature. Pure.</summary>
internal static class ContrastPlot
{
    /// <summary>Draws it.</summary>
    /// <param name="contrast">The largest difference first; at least one feature.</param>
    /// <param name="unit">What attributions are measured in.</param>
    /// <param name="cohort">The cohort's name.</param>
    /// <param name="inside">Its rows.</param>
    /// <param name="outside">The other rows.</param>
    public static PlotDrawing Draw(IReadOnlyList<ContrastedFeature> contrast, AttributionUnit unit, string cohort, int inside, int outside)
    {
        ContrastedFeature[] drawn = [.. contrast.Take(GlobalBarPlot.MostDrawn).OrderByDescending(feature => Math.Max(feature.Inside, feature.Outside))];
        string[] names = [.. drawn.Select(feature => feature.Feature)];
        return new PlotDrawing
        {
            Title = GlobalWords.Contrast(contrast, cohort, inside, outside),
            Description = $"Mean absolute attribution, {unit.Words}, with 95 % intervals. On the right the difference, cohort less others; in bold where its interval leaves "
                + "out zero. The intervals of the differences hold for all features together (Bonferroni)."
                + (drawn.Length < contrast.Count ? $" The {drawn.Length} of {contrast.Count} features that differ most are drawn; the table has all." : ""),
            Figure = new PlotFigure(
                [
                    Dots(names, drawn, feature => feature.Outside, feature => feature.OutsideInterval, "other rows", PlotColor.Category(6), "circle-open", 0.14),
                    Dots(names, drawn, feature => feature.Inside, feature => feature.InsideInterval, "cohort", PlotColor.Category(1), "circle", -0.14),
                ],
                Layout(names, drawn, unit)),
            Table = new PlotTable(
                [
                    "Feature", $"Cohort, mean |attribution|, {unit.Words}", "95 % low", "95 % high", "Other rows", "95 % low", "95 % high",
                    "Difference", "Low, all together", "High, all together",
                ],
                [.. contrast.Select(feature => (IReadOnlyList<string>)
                [
                    feature.Feature, PlainNumbers.Value(feature.Inside), PlainNumbers.Value(feature.InsideInterval[0]), PlainNumbers.Value(feature.InsideInterval[1]),
                    PlainNumbers.Value(feature.Outside), PlainNumbers.Value(feature.OutsideInterval[0]), PlainNumbers.Value(feature.OutsideInterval[1]),
                    PlainNumbers.Signed(feature.Difference), PlainNumbers.Signed(feature.Interval[0]), PlainNumbers.Signed(feature.Interval[1]),
                ])]),
            Height = PlotJson.RowsHeight(drawn.Length),
        };
    }

    private static JsonObject Dots(
        string[] names, ContrastedFeature[] drawn, Func<ContrastedFeature, double> mean, Func<ContrastedFeature, IReadOnlyList<double>> interval,
        string side, string color, string symbol, double beside) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "markers",
        ["name"] = side,
        ["x"] = PlotJson.Numbers(drawn.Select(mean)),
        ["y"] = PlotJson.Numbers(Enumerable.Range(0, names.Length).Select(line => line + beside)),
        ["marker"] = new JsonObject { ["color"] = color, ["size"] = 8, ["symbol"] = symbol, ["line"] = new JsonObject { ["color"] = color, ["width"] = 1.5 } },
        ["error_x"] = new JsonObject
        {
            ["type"] = "data",
            ["symmetric"] = false,
            ["array"] = PlotJson.Numbers(drawn.Select(feature => interval(feature)[1] - mean(feature))),
            ["arrayminus"] = PlotJson.Numbers(drawn.Select(feature => mean(feature) - interval(feature)[0])),
            ["color"] = color,
        },
        ["hovertext"] = PlotJson.Texts(drawn.Select(feature =>
            $"{PlotJson.Escape(feature.Feature)}, {side}: {PlainNumbers.WithInterval(mean(feature), interval(feature))}")),
        ["hoverinfo"] = "text",
        ["showlegend"] = false,
    };

    private static JsonObject Layout(string[] names, ContrastedFeature[] drawn, AttributionUnit unit)
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
                ["title"] = new JsonObject { ["text"] = $"Mean absolute attribution, {PlotJson.Escape(unit.Words)}" },
                ["rangemode"] = "tozero",
            },
            ["yaxis"] = axis,
            ["margin"] = new JsonObject { ["l"] = PlotJson.LabelMargin(names), ["r"] = 72 },
            ["annotations"] = new JsonArray(
            [
                .. drawn.Select((feature, line) =>
                {
                    JsonObject label = PlotJson.RightLabel(feature.Feature, PlainNumbers.Signed(feature.Difference), feature.Told);
                    label["y"] = line;
                    return (JsonNode)label;
                }),
            ]),
        };
    }
}
