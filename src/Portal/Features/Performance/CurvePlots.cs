using System.Text.Json.Nodes;
using Governance.Audit.Findings;
using Governance.Audit.Performance;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Performance;

/// <summary>The curves over all cuts of the score: ROC, precision–recall, and lift. Pure.</summary>
internal static class CurvePlots
{
    /// <summary>The curves that the report has the points for, each with the name of its drawing.</summary>
    public static IEnumerable<(string Name, PlotDrawing Drawing)> Draw(PerformanceReport report)
    {
        if (report.Curve.Count > 1 && report.Metrics.GetValueOrDefault("roc_auc") is not null)
        {
            yield return ("roc", Roc(report));
            yield return ("precision-recall", PrecisionRecall(report));
            yield return ("lift", Lift(report));
        }
    }

    private static PlotDrawing Roc(PerformanceReport report) => Drawing(
        report, $"Ranks with an area under the ROC curve of {Said(report, "roc_auc")}, n = {PlainNumbers.Count(report.Count)}",
        "The share of positives found against the share of negatives taken for positive, for every cut of the score. On the diagonal, the score says nothing.",
        ("False positive rate", cut => cut.FalsePositiveRate), ("True positive rate", cut => cut.TruePositiveRate),
        [(0, 0), (1, 1)], "as good as chance", 1);

    private static PlotDrawing PrecisionRecall(PerformanceReport report)
    {
        double share = report.Curve[^1].Precision;
        return Drawing(
            report, $"Average precision is {Said(report, "average_precision")} where {PlainNumbers.Percent(share)} of the rows are positive",
            "How many of the rows chosen are positive, against how many of the positives are chosen. The level line is choosing at random.",
            ("Recall", cut => cut.TruePositiveRate), ("Precision", cut => cut.Precision), [(0, share), (1, share)], "chosen at random", 1);
    }

    private static PlotDrawing Lift(PerformanceReport report) => Drawing(
        report, $"The highest scores hold {Said(report, "lift")} times as many positives as all rows do",
        "How many times more positives are among the highest scores than among all rows, by how many rows are chosen. The level line is choosing at random.",
        ("Share of rows chosen", cut => cut.Chosen), ("Lift", cut => cut.Lift), [(0, 1), (1, 1)], "chosen at random",
        1.05 * report.Curve.Max(cut => cut.Lift ?? 1));

    private static PlotDrawing Drawing(
        PerformanceReport report, string title, string description, (string Title, Func<CurveCut, double?> Value) x,
        (string Title, Func<CurveCut, double?> Value) y, (double X, double Y)[] chance, string chanceName, double highest)
    {
        CurveCut[] cuts = [.. report.Curve.Where(cut => x.Value(cut) is not null && y.Value(cut) is not null)];
        return new PlotDrawing
        {
            Title = title,
            Description = description,
            Figure = new PlotFigure([Chance(chance, chanceName), Curve(cuts, x.Value, y.Value)], Layout(x.Title, y.Title, highest)),
            Table = new PlotTable(
                ["Score from", x.Title, y.Title],
                [.. cuts.Select(cut => (IReadOnlyList<string>)[cut.Threshold is null ? "none chosen" : PlainNumbers.Value(cut.Threshold), PlainNumbers.Value(x.Value(cut)), PlainNumbers.Value(y.Value(cut))])]),
            Height = 340,
        };
    }

    private static JsonObject Chance((double X, double Y)[] points, string name) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines",
        ["name"] = name,
        ["x"] = PlotJson.Numbers(points.Select(point => point.X)),
        ["y"] = PlotJson.Numbers(points.Select(point => point.Y)),
        ["line"] = new JsonObject { ["color"] = "var(--plot-zero)", ["width"] = 1, ["dash"] = "1px 3px" },
        ["hoverinfo"] = "skip",
    };

    private static JsonObject Curve(CurveCut[] cuts, Func<CurveCut, double?> x, Func<CurveCut, double?> y) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines",
        ["name"] = "this version",
        ["x"] = PlotJson.Numbers(cuts.Select(cut => x(cut)!.Value)),
        ["y"] = PlotJson.Numbers(cuts.Select(cut => y(cut)!.Value)),
        ["line"] = new JsonObject { ["color"] = PlotColor.Category(1), ["width"] = 2 },
        ["hovertext"] = PlotJson.Texts(cuts.Select(cut => cut.Threshold is null
            ? "nothing chosen"
            : $"score from {PlainNumbers.Value(cut.Threshold)}: {PlainNumbers.Value(x(cut))}, {PlainNumbers.Value(y(cut))}")),
        ["hoverinfo"] = "text",
    };

    private static JsonObject Layout(string x, string y, double highest) => new()
    {
        ["xaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = x }, ["range"] = new JsonArray(-0.02, 1.02) },
        ["yaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = y }, ["range"] = new JsonArray(-0.02 * highest, 1.02 * highest) },
        ["margin"] = new JsonObject { ["t"] = 32 },
        ["showlegend"] = false,
    };

    private static string Said(PerformanceReport report, string metric) =>
        PlainNumbers.WithInterval(report.Metrics.GetValueOrDefault(metric), report.Intervals.GetValueOrDefault(metric));
}
