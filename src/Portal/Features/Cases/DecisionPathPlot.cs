using System.Text.Json.Nodes;
using Governance.Audit.Explanations;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Explanations;

namespace Governance.Portal.Features.Cases;

/// <summary>The way of a case's output from the average, feature by feature, among the ways of other explained cases. Pure.</summary>
internal static class DecisionPathPlot
{
    /// <summary>The most other cases drawn.</summary>
    public const int MostOthers = 40;

    private const int MostFeatures = 14;

    /// <summary>Draws it.</summary>
    /// <param name="explanation">One row and one class.</param>
    /// <param name="others">Explained rows of the same class and background, for context; may be none.</param>
    /// <param name="text">The row's value of a feature as people read it, or null where it has none.</param>
    /// <param name="threshold">The decision threshold in the same unit, or null.</param>
    public static PlotDrawing Draw(CaseExplanation explanation, IReadOnlyList<CaseExplanation> others, Func<string, string?> text, double? threshold)
    {
        ExplanationReport report = explanation.Report;
        AttributionUnit unit = AttributionUnit.Of(report, 0);
        IReadOnlyList<double> values = explanation.Row.Values[0];
        int[] order = [.. Enumerable.Range(0, values.Count).OrderBy(at => Math.Abs(values[at])).ThenByDescending(at => at)];
        int folded = Math.Max(0, order.Length - MostFeatures);
        int[][] steps = folded == 0 ? [.. order.Select(at => new[] { at })] : [order[..folded], .. order[folded..].Select(at => new[] { at })];
        List<string> labels = [.. steps.Select((step, i) => i == 0 && folded > 0 ? $"{folded} other features" : Label(report.Features[step[0]], text))];
        List<CaseExplanation> drawn = [.. others.Where(other => other.Row.Row != explanation.Row.Row).Take(MostOthers)];
        double[] own = Path(explanation, steps);
        int turn = TurnOf(own, threshold);
        return new PlotDrawing
        {
            Title = turn > 0 && threshold is double limit
                ? $"With {labels[turn - 1]} the output crosses the threshold of {PlainNumbers.Limit(limit)} for the last time, on its way to {PlainNumbers.Value(own[^1])} {unit.Words}"
                : $"From the average of {PlainNumbers.Value(own[0])} the output comes to {PlainNumbers.Value(own[^1])} {unit.Words}, by {labels[^1]} last and most",
            Description = $"Read from below: each feature moves the output, the one that moves it most last. Case {PlainNumbers.Count(explanation.Row.Row)} is the strong line"
                + (drawn.Count > 0 ? $"; the thin ones are {PlainNumbers.Count(drawn.Count)} other explained cases." : "; the evidence explains no other case for this class and these reference rows."),
            Figure = new PlotFigure(
                [.. drawn.Select(other => Line(Path(other, steps), $"case {other.Row.Row}", strong: false)), Line(own, "this case", strong: true)],
                Layout(labels, unit, own, threshold)),
            Table = new PlotTable(
                ["Feature", $"Moves the output by, {unit.Words}", "Output so far"],
                [
                    ["Average", "", PlainNumbers.Value(own[0])],
                    .. labels.Select((label, i) => (IReadOnlyList<string>)[label, PlainNumbers.Signed(own[i + 1] - own[i]), PlainNumbers.Value(own[i + 1])]),
                ]),
            Height = PlotJson.RowsHeight(labels.Count + 1) + 30,
        };
    }

    // The output after each step, from the average on.
    private static double[] Path(CaseExplanation one, int[][] steps)
    {
        double[] path = new double[steps.Length + 1];
        path[0] = one.Report.BaseValue[0];
        for (int i = 0; i < steps.Length; i++)
        {
            path[i + 1] = path[i] + steps[i].Sum(at => one.Row.Values[0][at]);
        }

        return path;
    }

    // The step that brings the output over the threshold and after which it stays there; 0 for none.
    private static int TurnOf(double[] path, double? threshold)
    {
        if (threshold is not double limit)
        {
            return 0;
        }

        for (int i = path.Length - 1; i > 0; i--)
        {
            if ((path[i] >= limit) != (path[i - 1] >= limit))
            {
                return i;
            }
        }

        return 0;
    }

    private static JsonNode Line(double[] path, string name, bool strong) => new JsonObject
    {
        ["type"] = "scatter",
        ["mode"] = strong ? "lines+markers" : "lines",
        ["name"] = name,
        ["x"] = PlotJson.Numbers(path),
        ["y"] = PlotJson.Numbers(Enumerable.Range(0, path.Length).Select(i => (double)i)),
        ["line"] = new JsonObject { ["color"] = strong ? PlotColor.Category(1) : PlotColor.Category(6), ["width"] = strong ? 2.5 : 1 },
        ["marker"] = new JsonObject { ["size"] = 6, ["color"] = PlotColor.Category(1) },
        ["opacity"] = strong ? 1 : 0.45,
        ["hovertext"] = PlotJson.Texts(path.Select(at => $"{name}: {PlainNumbers.Value(at)}")),
        ["hoverinfo"] = strong ? "text" : "skip",
    };

    private static JsonObject Layout(List<string> labels, AttributionUnit unit, double[] own, double? threshold)
    {
        JsonArray shapes = [PlotLines.Upright(own[0], "var(--plot-zero)", "1px 3px")];
        JsonArray names = [PlotLines.Named(own[0], $"average {PlainNumbers.Value(own[0])}", top: false, strong: false)];
        if (threshold is double limit)
        {
            shapes.Add((JsonNode)PlotLines.Upright(limit, PlotColor.Limit, "5px 3px"));
            names.Add((JsonNode)PlotLines.Named(limit, $"threshold {PlainNumbers.Limit(limit)}", top: true, strong: true));
        }

        List<string> ticks = ["average", .. labels];
        return new JsonObject
        {
            ["xaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = $"Score, {PlotJson.Escape(unit.Words)}", ["standoff"] = 22 } },
            ["yaxis"] = new JsonObject
            {
                ["tickvals"] = PlotJson.Numbers(Enumerable.Range(0, ticks.Count).Select(i => (double)i)),
                ["ticktext"] = PlotJson.Texts(ticks.Select(tick => PlotJson.Escape(tick.Length <= 26 ? tick : tick[..25] + "…"))),
                ["range"] = PlotJson.Numbers([-0.5, ticks.Count - 0.5]),
                ["showgrid"] = true,
                ["zeroline"] = false,
            },
            ["margin"] = new JsonObject { ["l"] = PlotJson.LabelMargin(ticks), ["r"] = 16, ["t"] = 28, ["b"] = 60 },
            ["showlegend"] = false,
            ["shapes"] = shapes,
            ["annotations"] = names,
        };
    }

    private static string Label(string feature, Func<string, string?> text) => text(feature) is string value ? $"{feature} = {value}" : feature;
}
