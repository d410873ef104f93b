using System.Text.Json.Nodes;
using Governance.Audit.Comparisons;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Comparisons;

/// <summary>The differences of two versions' metrics with their intervals; to the right of 0 the second is better. Pure.</summary>
internal static class DifferencePlot
{
    private static readonly string[] Shown =
    [
        "accuracy", "balanced_accuracy", "precision", "recall", "specificity", "f1", "macro_f1", "mcc", "kappa", "roc_auc", "macro_roc_auc",
        "average_precision", "log_loss", "brier", "ece", "r2",
    ];

    /// <summary>Draws the metrics that share a scale, turned so that more is better.</summary>
    public static PlotDrawing Draw(ComparisonReport report)
    {
        List<ComparedMetric> metrics = [.. report.Metrics.Where(metric => Shown.Contains(metric.Name) && metric.Difference is not null)];
        int better = report.Metrics.Count(metric => metric.Verdict == "b-better");
        int worse = report.Metrics.Count(metric => metric.Verdict == "a-better");
        return new PlotDrawing
        {
            Title = better + worse == 0
                ? $"No metric tells {report.B} from {report.A}, n = {PlainNumbers.Count(report.Count)}"
                : $"{report.B} is better in {better} metric{(better == 1 ? "" : "s")} and worse in {worse}, n = {PlainNumbers.Count(report.Count)}",
            Description = $"Each dot is how much better {report.B} is than {report.A} on the same rows; whiskers that cross 0 leave it open.",
            Figure = new PlotFigure([Dots(metrics)], new JsonObject
            {
                ["xaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = $"Better by (right: {PlotJson.Escape(report.B)})" }, ["zeroline"] = true },
                ["yaxis"] = PlotJson.FeatureAxis(metrics.Select(metric => MetricWords.Of(metric.Name))),
                ["margin"] = new JsonObject { ["l"] = PlotJson.LabelMargin(metrics.Select(metric => MetricWords.Of(metric.Name))) },
                ["showlegend"] = false,
            }),
            Table = new PlotTable(
                ["Metric", "Better by", "95 % low", "95 % high"],
                [.. metrics.Select(metric => (IReadOnlyList<string>)
                [
                    MetricWords.Of(metric.Name), PlainNumbers.Value(Turned(metric, metric.Difference!.Value)),
                    metric.Interval is null ? "" : PlainNumbers.Value(Ends(metric).Low), metric.Interval is null ? "" : PlainNumbers.Value(Ends(metric).High),
                ])]),
            Height = PlotJson.RowsHeight(Math.Max(4, metrics.Count)) + 24,
        };
    }

    private static JsonObject Dots(List<ComparedMetric> metrics) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "markers",
        ["x"] = PlotJson.Numbers(metrics.Select(metric => Turned(metric, metric.Difference!.Value))),
        ["y"] = PlotJson.Texts(metrics.Select(metric => MetricWords.Of(metric.Name))),
        ["marker"] = new JsonObject { ["color"] = PlotColor.Category(1), ["size"] = 8 },
        ["error_x"] = new JsonObject
        {
            ["type"] = "data",
            ["symmetric"] = false,
            ["array"] = PlotJson.Numbers(metrics.Select(metric => metric.Interval is null ? double.NaN : Ends(metric).High - Turned(metric, metric.Difference!.Value))),
            ["arrayminus"] = PlotJson.Numbers(metrics.Select(metric => metric.Interval is null ? double.NaN : Turned(metric, metric.Difference!.Value) - Ends(metric).Low)),
            ["color"] = "var(--ink)",
        },
        ["hovertext"] = PlotJson.Texts(metrics.Select(metric =>
            $"{MetricWords.Of(metric.Name)}: {PlainNumbers.Value(metric.A)} and {PlainNumbers.Value(metric.B)}")),
        ["hoverinfo"] = "text",
    };

    private static double Turned(ComparedMetric metric, double value) => Audit.Performance.MetricDirection.IsLoss(metric.Name) ? -value : value;

    private static (double Low, double High) Ends(ComparedMetric metric) => Audit.Performance.MetricDirection.IsLoss(metric.Name)
        ? (-metric.Interval![1], -metric.Interval[0])
        : (metric.Interval![0], metric.Interval[1]);
}
