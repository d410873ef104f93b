using System.Text.Json.Nodes;
using Governance.Audit.Explanations;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Cases;

namespace Governance.Portal.Features.Explanations;

/// <summary>One case: from the average output to this one, a bar a feature, with 95 % whiskers. Pure.</summary>
/// <remarks>
/// Floating bars rather than Plotly's waterfall, which takes no error bars and one pattern for all. A bar whose interval
/// includes zero is hatched: even its direction is open.
/// </remarks>
internal static class WaterfallPlot
{
    private const int MostBars = 10;

    /// <summary>Draws one explained row.</summary>
    /// <param name="report">The report that the row belongs to.</param>
    /// <param name="row">One of its rows.</param>
    /// <param name="position">Which class of the report's arrays.</param>
    /// <param name="text">The row's value of a feature as people read it, or null where missing.</param>
    /// <param name="threshold">The decision threshold in the same unit, or null where there is none.</param>
    public static PlotDrawing Draw(
        ExplanationReport report, ExplainedRow row, int position, Func<string, string?> text, double? threshold)
    {
        AttributionUnit unit = AttributionUnit.Of(report, position);
        double average = report.BaseValue[position];
        double prediction = row.Prediction[position];
        IReadOnlyList<WaterfallStep> steps = WaterfallStep.Of(row, position, average, report.Features, text, MostBars);
        List<string> labels = [.. steps.Select(Label)];
        return new PlotDrawing
        {
            Title = Title(steps, unit, average, prediction, row.Row),
            Description = "Each bar adds to the bars above it, from the average to this case. "
                + (steps.Any(step => step.Low is not null)
                    ? "Whiskers are 95 % intervals; a hatched bar's interval includes zero, so its direction is open."
                    : "Nothing was sampled, so there are no whiskers."),
            Figure = new PlotFigure(
                [Bars(steps, labels, false), Bars(steps, labels, true), Whiskers(steps, labels)],
                Layout(steps, labels, unit, average, prediction, threshold)),
            Table = new PlotTable(
                ["Feature", "Value in this case", $"Attribution, {unit.Words}", "95 % low", "95 % high", "Score so far"],
                [
                    ["Average", "", PlainNumbers.Value(average), "", "", PlainNumbers.Value(average)],
                    .. steps.Select(step => (IReadOnlyList<string>)
                    [
                        step.Feature, step.Value ?? "", PlainNumbers.Signed(step.Attribution),
                        step.Low is null ? "" : PlainNumbers.Signed(step.Low), step.High is null ? "" : PlainNumbers.Signed(step.High),
                        PlainNumbers.Value(step.End),
                    ]),
                    ["This case", "", PlainNumbers.Signed(prediction - average), "", "", PlainNumbers.Value(prediction)],
                ]),
            Height = PlotJson.RowsHeight(steps.Count) + 44,
        };
    }

    private static JsonObject Bars(IReadOnlyList<WaterfallStep> steps, List<string> labels, bool raises)
    {
        List<int> own = [.. Enumerable.Range(0, steps.Count).Where(i => steps[i].Attribution > 0 == raises)];
        return new JsonObject
        {
            ["type"] = "bar",
            ["orientation"] = "h",
            ["name"] = raises ? "raises the score" : "lowers the score",
            ["base"] = PlotJson.Numbers(own.Select(i => steps[i].Start)),
            ["x"] = PlotJson.Numbers(own.Select(i => steps[i].Attribution)),
            ["y"] = PlotJson.Texts(own.Select(i => labels[i])),
            ["hovertext"] = PlotJson.Texts(own.Select(i => Hover(steps[i]))),
            ["hoverinfo"] = "text",
            ["marker"] = new JsonObject
            {
                ["color"] = raises ? "var(--div-p3)" : "var(--div-n3)",
                ["line"] = new JsonObject
                {
                    ["color"] = raises ? "var(--div-p3)" : "var(--div-n3)",
                    ["width"] = PlotJson.Numbers(own.Select(i => steps[i].DirectionOpen ? 1.0 : 0.0)),
                },
                ["pattern"] = new JsonObject
                {
                    ["shape"] = PlotJson.Texts(own.Select(i => steps[i].DirectionOpen ? "/" : "")),
                    ["size"] = 5,
                    ["solidity"] = 0.4,
                    ["fillmode"] = "replace",
                },
            },
        };
    }

    private static JsonObject Whiskers(IReadOnlyList<WaterfallStep> steps, List<string> labels)
    {
        List<int> own = [.. Enumerable.Range(0, steps.Count).Where(i => steps[i].Low < steps[i].High)];
        return new JsonObject
        {
            ["type"] = "scatter",
            ["mode"] = "markers",
            ["name"] = "95 % interval",
            ["x"] = PlotJson.Numbers(own.Select(i => steps[i].End)),
            ["y"] = PlotJson.Texts(own.Select(i => labels[i])),
            ["marker"] = new JsonObject { ["opacity"] = 0 },
            ["hoverinfo"] = "skip",
            ["showlegend"] = false,
            ["error_x"] = new JsonObject
            {
                ["type"] = "data",
                ["symmetric"] = false,
                ["array"] = PlotJson.Numbers(own.Select(i => steps[i].High!.Value - steps[i].Attribution)),
                ["arrayminus"] = PlotJson.Numbers(own.Select(i => steps[i].Attribution - steps[i].Low!.Value)),
                ["color"] = "var(--ink)",
            },
        };
    }

    private static JsonObject Layout(
        IReadOnlyList<WaterfallStep> steps, List<string> labels, AttributionUnit unit, double average, double prediction, double? threshold)
    {
        JsonArray shapes = [PlotLines.Upright(average, "var(--plot-zero)", "1px 3px"), PlotLines.Upright(prediction, "var(--ink)", "solid")];
        JsonArray annotations =
        [
            PlotLines.Named(average, $"average {PlainNumbers.Value(average)}", top: true, strong: false),
            PlotLines.Named(prediction, $"this case {PlainNumbers.Value(prediction)}", top: false, strong: true),
        ];
        if (threshold is double limit)
        {
            shapes.Add((JsonNode)PlotLines.Upright(limit, "var(--plot-limit)", "5px 3px"));
            annotations.Add((JsonNode)PlotLines.Named(limit, $"threshold {PlainNumbers.Limit(limit)}", top: true, strong: true, level: 1));
        }

        for (int i = 0; i < steps.Count; i++)
        {
            annotations.Add((JsonNode)PlotJson.RightLabel(
                labels[i], PlainNumbers.Signed(steps[i].Attribution), strong: !steps[i].DirectionOpen));
        }

        return new JsonObject
        {
            ["xaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = $"Score, {PlotJson.Escape(unit.Words)}", ["standoff"] = 22 } },
            ["yaxis"] = PlotJson.FeatureAxis(labels),
            ["margin"] = new JsonObject { ["l"] = PlotJson.LabelMargin(labels), ["r"] = 64, ["t"] = 44, ["b"] = 60 },
            ["barmode"] = "overlay",
            ["showlegend"] = false,
            ["shapes"] = shapes,
            ["annotations"] = annotations,
        };
    }

    private static string Label(WaterfallStep step) => step.Value is null ? step.Feature : $"{step.Feature} = {step.Value}";

    private static string Hover(WaterfallStep step) =>
        $"{PlotJson.Escape(Label(step))}: {PlainNumbers.Signed(step.Attribution)}"
        + (step.Low is null ? "" : $" [{PlainNumbers.Signed(step.Low)}, {PlainNumbers.Signed(step.High)}]");

    private static string Title(
        IReadOnlyList<WaterfallStep> steps, AttributionUnit unit, double average, double prediction, int row)
    {
        string side = prediction >= average ? "above" : "below";
        string lead = $"Case {PlainNumbers.Count(row)} scores {PlainNumbers.Value(prediction)} {unit.Words}, "
            + $"{PlainNumbers.Value(Math.Abs(prediction - average))} {side} the average of {PlainNumbers.Value(average)}";
        return steps.Count == 0 ? lead : $"{lead}; {steps[0].Feature} moves it by {PlainNumbers.Signed(steps[0].Attribution)}";
    }
}
