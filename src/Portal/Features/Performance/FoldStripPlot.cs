using System.Text.Json.Nodes;
using Governance.Audit.Findings;
using Governance.Audit.Performance;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Performance;

/// <summary>Metrics fold by fold, a dot a fold, with their mean. Pure.</summary>
internal static class FoldStripPlot
{
    private static readonly string[][] Together =
        [["accuracy", "balanced_accuracy", "roc_auc", "average_precision", "macro_f1"], ["r2"], ["rmse", "mae"], ["log_loss", "brier"]];

    /// <summary>Draws the metrics of one unit that most folds have; null with fewer than two folds.</summary>
    /// <param name="folds">Folds, or parts of the same predictions.</param>
    /// <param name="what">Such as "folds of the training data".</param>
    public static PlotDrawing? Draw(IReadOnlyList<FoldMetrics> folds, string what)
    {
        string[]? metrics = Together.Select(set => set.Where(metric => folds.Count(fold => fold.Metrics.GetValueOrDefault(metric) is not null) > 1).ToArray())
            .FirstOrDefault(set => set.Length > 0);
        if (folds.Count < 2 || metrics is null)
        {
            return null;
        }

        JsonArray traces = [];
        foreach (string metric in metrics)
        {
            traces.Add((JsonNode)Strip(metric, folds));
        }

        (string metric, double least, double most, double mean) first = Ends(metrics[0], folds);
        return new PlotDrawing
        {
            Title = $"{PerformanceWords.Capital(MetricWords.Of(first.metric))} runs from {PlainNumbers.Value(first.least)} to {PlainNumbers.Value(first.most)} over {folds.Count} {what}, mean {PlainNumbers.Value(first.mean)}",
            Description = $"Each dot is one of the {what}, of {PlainNumbers.Count(folds.Sum(fold => fold.Count))} rows together; the line is their mean.",
            Figure = new PlotFigure(traces, new JsonObject
            {
                ["xaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = "Value" } },
                ["yaxis"] = PlotJson.FeatureAxis(metrics.Select(MetricWords.Of)),
                ["shapes"] = new JsonArray([.. metrics.Select((metric, row) => (JsonNode)Mean(Ends(metric, folds).Mean, row))]),
                ["margin"] = new JsonObject { ["l"] = PlotJson.LabelMargin(metrics.Select(MetricWords.Of)) },
                ["showlegend"] = false,
            }),
            Table = new PlotTable(
                ["Part", "n", .. metrics.Select(metric => PerformanceWords.Capital(MetricWords.Of(metric)))],
                [.. folds.Select(fold => (IReadOnlyList<string>)[fold.Fold, PlainNumbers.Count(fold.Count), .. metrics.Select(metric => PlainNumbers.Value(fold.Metrics.GetValueOrDefault(metric)))])]),
            Height = PlotJson.RowsHeight(metrics.Length + 1),
        };
    }

    private static (string Metric, double Least, double Most, double Mean) Ends(string metric, IReadOnlyList<FoldMetrics> folds)
    {
        double[] values = [.. folds.Select(fold => fold.Metrics.GetValueOrDefault(metric)).OfType<double>()];
        return (metric, values.Min(), values.Max(), values.Average());
    }

    private static JsonObject Strip(string metric, IReadOnlyList<FoldMetrics> folds)
    {
        FoldMetrics[] known = [.. folds.Where(fold => fold.Metrics.GetValueOrDefault(metric) is not null)];
        return new JsonObject
        {
            ["type"] = "scatter",
            ["mode"] = "markers",
            ["x"] = PlotJson.Numbers(known.Select(fold => fold.Metrics[metric]!.Value)),
            ["y"] = PlotJson.Texts(known.Select(_ => MetricWords.Of(metric))),
            ["marker"] = new JsonObject { ["color"] = PlotColor.Category(1), ["size"] = 9, ["opacity"] = 0.75 },
            ["hovertext"] = PlotJson.Texts(known.Select(fold => $"{PlotJson.Escape(fold.Fold)}: {PlainNumbers.Value(fold.Metrics[metric])}, n = {PlainNumbers.Count(fold.Count)}")),
            ["hoverinfo"] = "text",
        };
    }

    private static JsonObject Mean(double x, int row) => new()
    {
        ["type"] = "line", ["xref"] = "x", ["yref"] = "y", ["x0"] = x, ["x1"] = x, ["y0"] = row - 0.3, ["y1"] = row + 0.3,
        ["line"] = new JsonObject { ["color"] = PlotColor.Ink, ["width"] = 1.5, ["dash"] = "solid" },
    };
}
