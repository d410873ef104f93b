using System.Text.Json.Nodes;
using Governance.Audit.Explanations;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Explanations;

namespace Governance.Portal.Features.Cases;

/// <summary>One case as two opposed forces: what pushes its output up meets what pushes it down at the output itself. Pure.</summary>
/// <remarks>
/// Both rows are drawn to one scale and meet at the case's output: the upper one begins at output − Σ raising, the lower one ends
/// at output + Σ lowering; the distance between these two and the average is what remains of either.
/// </remarks>
internal static class ForcePlot
{
    private const int MostParts = 8;
    private const string Up = "pushes up";
    private const string Down = "pushes down";

    /// <summary>Draws one explained row.</summary>
    /// <param name="explanation">One row and one class.</param>
    /// <param name="text">The row's value of a feature as people read it, or null where it has none.</param>
    /// <param name="threshold">The decision threshold in the same unit, or null.</param>
    public static PlotDrawing Draw(CaseExplanation explanation, Func<string, string?> text, double? threshold)
    {
        ExplanationReport report = explanation.Report;
        AttributionUnit unit = AttributionUnit.Of(report, 0);
        (double average, double output) = (report.BaseValue[0], explanation.Row.Prediction[0]);
        IReadOnlyList<ForcePart> up = ForcePart.Of(explanation, text, raises: true, MostParts);
        IReadOnlyList<ForcePart> down = ForcePart.Of(explanation, text, raises: false, MostParts);
        (double raising, double lowering) = (up.Sum(part => part.Push), down.Sum(part => part.Push));
        return new PlotDrawing
        {
            Title = $"{PlainNumbers.Value(raising)} pushes up and {PlainNumbers.Value(lowering)} pushes down: from the average of {PlainNumbers.Value(average)} to {PlainNumbers.Value(output)} {unit.Words}",
            Description = $"Case {PlainNumbers.Count(explanation.Row.Row)}. Each piece is a feature; both sides meet at the case's output.",
            Figure = new PlotFigure(
                [.. Pieces(up, output - raising, raises: true), .. Pieces(down, output, raises: false)],
                Layout(unit, average, output, threshold)),
            Table = new PlotTable(
                ["Feature", "Value in this case", "Direction", $"Push, {unit.Words}", "Share of its side"],
                [.. up.Select(part => Line(part, "up", raising)), .. down.Select(part => Line(part, "down", lowering))]),
            Height = 220,
        };
    }

    private static IEnumerable<JsonNode> Pieces(IReadOnlyList<ForcePart> parts, double start, bool raises)
    {
        // The weakest stands at the far end, so that the strongest of either side meet in the middle.
        IEnumerable<ForcePart> order = raises ? parts.Reverse() : parts;
        double at = start;
        int place = 0;
        foreach (ForcePart part in order)
        {
            yield return new JsonObject
            {
                ["type"] = "bar",
                ["orientation"] = "h",
                ["name"] = part.Feature,
                ["base"] = PlotJson.Numbers([at]),
                ["x"] = PlotJson.Numbers([part.Push]),
                ["y"] = PlotJson.Texts([raises ? Up : Down]),
                ["width"] = PlotJson.Numbers([0.62]),
                ["text"] = PlotJson.Texts([part.Label]),
                ["textposition"] = "inside",
                ["insidetextanchor"] = "middle",
                ["constraintext"] = "inside",
                ["textangle"] = 0,
                ["hovertext"] = PlotJson.Texts([$"{PlotJson.Escape(part.Label)}: {(raises ? "+" : "−")}{PlainNumbers.Value(part.Push)}"]),
                ["hoverinfo"] = "text",
                ["marker"] = new JsonObject
                {
                    ["color"] = Shade(raises, place++),
                    ["line"] = new JsonObject { ["color"] = PlotColor.Ground, ["width"] = 1.5 },
                },
            };
            at += part.Push;
        }
    }

    private static string Shade(bool raises, int place) => raises
        ? place % 2 == 0 ? PlotColor.Up : "var(--div-p2)"
        : place % 2 == 0 ? PlotColor.Down : "var(--div-n2)";

    private static JsonObject Layout(AttributionUnit unit, double average, double output, double? threshold)
    {
        JsonArray shapes = [PlotLines.Upright(average, "var(--plot-zero)", "1px 3px"), PlotLines.Upright(output, PlotColor.Ink, "solid")];
        JsonArray names =
        [
            PlotLines.Named(average, $"average {PlainNumbers.Value(average)}", top: true, strong: false),
            PlotLines.Named(output, $"this case {PlainNumbers.Value(output)}", top: false, strong: true),
        ];
        if (threshold is double limit)
        {
            shapes.Add((JsonNode)PlotLines.Upright(limit, PlotColor.Limit, "5px 3px"));
            names.Add((JsonNode)PlotLines.Named(limit, $"threshold {PlainNumbers.Limit(limit)}", top: true, strong: true, level: 1));
        }

        return new JsonObject
        {
            ["xaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = $"Score, {PlotJson.Escape(unit.Words)}", ["standoff"] = 22 } },
            ["yaxis"] = PlotJson.FeatureAxis([Up, Down]),
            ["margin"] = new JsonObject { ["l"] = 92, ["r"] = 16, ["t"] = 44, ["b"] = 60 },
            ["barmode"] = "overlay",
            ["showlegend"] = false,
            ["uniformtext"] = new JsonObject { ["mode"] = "hide", ["minsize"] = 11 },
            ["shapes"] = shapes,
            ["annotations"] = names,
        };
    }

    private static IReadOnlyList<string> Line(ForcePart part, string way, double side) =>
        [part.Feature, part.Value ?? "", way, PlainNumbers.Value(part.Push), side > 0 ? PlainNumbers.Percent(part.Push / side) : ""];
}

/// <summary>One piece of a force plot.</summary>
/// <param name="Feature">The feature, or "n others".</param>
/// <param name="Value">Its value in the case; null for the folded rest.</param>
/// <param name="Push">How far it pushes, above 0.</param>
internal sealed record ForcePart(string Feature, string? Value, double Push)
{
    /// <summary>Such as "pirat = 0.41".</summary>
    public string Label => Value is null ? Feature : $"{Feature} = {Value}";

    /// <summary>The features that push one way, the strongest first; the tail is folded.</summary>
    public static IReadOnlyList<ForcePart> Of(CaseExplanation explanation, Func<string, string?> text, bool raises, int most)
    {
        IReadOnlyList<double> values = explanation.Row.Values[0];
        int[] order = [.. Enumerable.Range(0, values.Count).Where(at => raises ? values[at] > 0 : values[at] < 0).OrderByDescending(at => Math.Abs(values[at])).ThenBy(at => at)];
        int kept = order.Length <= most + 1 ? order.Length : most;
        List<ForcePart> parts = [.. order.Take(kept).Select(at => new ForcePart(explanation.Report.Features[at], text(explanation.Report.Features[at]), Math.Abs(values[at])))];
        if (kept < order.Length)
        {
            parts.Add(new ForcePart($"{order.Length - kept} others", null, order.Skip(kept).Sum(at => Math.Abs(values[at]))));
        }

        return parts;
    }
}
