using System.Text.Json.Nodes;
using Governance.Audit.Findings;
using Governance.Audit.Mitigation;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Mitigations;

/// <summary>The trade between the difference of groups and the objective. Pure.</summary>
internal static class FrontierPlot
{
    /// <summary>Draws the frontier, and where decisions are now and would be.</summary>
    /// <param name="report">With a constraint and a frontier.</param>
    public static PlotDrawing Draw(MitigationReport report)
    {
        string rate = MitigationWords.Rate(report.Constraint!.Value);
        string objective = Objective(report);
        FrontierPoint[] held = [.. report.Frontier.Where(point => point.Disparity is not null && point.Objective is not null)];
        FrontierPoint[] fitted = [.. report.Frontier.Where(point => point.FittedDisparity is not null && point.FittedObjective is not null)];
        return new PlotDrawing
        {
            Title = Title(held, rate, objective),
            Description = $"Dots: {PlainNumbers.Count(report.HeldOut.Rows)} held-out rows. Line: expected where the thresholds were fitted. Diamonds: decisions now and after.",
            Figure = new PlotFigure(
                [
                    Series("fitted", "lines", fitted.Select(point => point.FittedDisparity!.Value), fitted.Select(point => point.FittedObjective!.Value), "var(--plot-mass)", "circle", 6, []),
                    Series("held out", "markers", held.Select(point => point.Disparity!.Value), held.Select(point => point.Objective!.Value), PlotColor.Category(1), "circle", 7,
                        held.Select(point => $"allowed {PlainNumbers.Value(point.Tolerance)}: difference {PlainNumbers.Value(point.Disparity)}, {objective} {PlainNumbers.Value(point.Objective)}")),
                    Mark("now", report.Before, PlotColor.Category(2)), Mark("after", report.After, PlotColor.Ink),
                ],
                Layout(rate, objective)),
            Table = new PlotTable(
                ["Difference allowed", "Difference, fitted", $"{Upper(objective)}, fitted", "Difference, held out", $"{Upper(objective)}, held out", "Accuracy, held out"],
                [
                    .. report.Frontier.Select(point => (IReadOnlyList<string>)
                    [
                        PlainNumbers.Value(point.Tolerance), PlainNumbers.Value(point.FittedDisparity), PlainNumbers.Value(point.FittedObjective),
                        PlainNumbers.Value(point.Disparity), PlainNumbers.Value(point.Objective), PlainNumbers.Value(point.Accuracy),
                    ]),
                ]),
            Height = 360,
        };
    }

    private static string Title(FrontierPoint[] held, string rate, string objective) => held.Length < 2
        ? $"The trade between {rate} and {objective} cannot be judged on the held-out rows"
        : $"From the freest thresholds to the strictest, the difference in {rate} goes from {PlainNumbers.Value(held[0].Disparity)} to "
            + $"{PlainNumbers.Value(held[^1].Disparity)} and {objective} from {PlainNumbers.Value(held[0].Objective)} to {PlainNumbers.Value(held[^1].Objective)}";

    private static string Objective(MitigationReport report) => report.Objective switch
    {
        MitigationObjective.Balanced => "balanced accuracy",
        MitigationObjective.Cost => "the negative cost a row",
        _ => "accuracy",
    };

    private static string Upper(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    private static JsonObject Mark(string name, MitigatedSide side, string color) => side.Disparity is double difference && side.Objective is double objective
        ? Series(name, "markers+text", [difference], [objective], color, "diamond", 11, [$"{name}: difference {PlainNumbers.Value(difference)}, {PlainNumbers.Value(objective)}"])
        : new JsonObject { ["type"] = "scatter", ["x"] = new JsonArray(), ["y"] = new JsonArray() };

    private static JsonObject Series(
        string name, string mode, IEnumerable<double> x, IEnumerable<double> y, string color, string symbol, int size, IEnumerable<string> hover) => new()
        {
            ["type"] = "scatter",
            ["mode"] = mode,
            ["name"] = name,
            ["x"] = PlotJson.Numbers(x),
            ["y"] = PlotJson.Numbers(y),
            ["text"] = mode.EndsWith("text", StringComparison.Ordinal) ? PlotJson.Texts([name]) : null,
            ["textposition"] = "top center",
            ["line"] = new JsonObject { ["color"] = color, ["width"] = 1.5 },
            ["marker"] = new JsonObject { ["color"] = color, ["symbol"] = symbol, ["size"] = size },
            ["hovertext"] = PlotJson.Texts(hover.Select(PlotJson.Escape)),
            ["hoverinfo"] = hover.Any() ? "text" : "skip",
        };

    private static JsonObject Layout(string rate, string objective) => new()
    {
        ["xaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = PlotJson.Escape($"Difference in {rate}") }, ["rangemode"] = "tozero" },
        ["yaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = PlotJson.Escape(Upper(objective)) } },
        ["margin"] = new JsonObject { ["t"] = 32 },
        ["showlegend"] = true,
    };
}
