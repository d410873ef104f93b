using System.Text.Json.Nodes;
using Governance.Audit.Comparisons;
using Governance.Audit.Equivalence;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Equivalence;

/// <summary>The share of each protected group's rows that parent and variant decide otherwise. Pure.</summary>
internal static class BatteryFlips
{
    /// <summary>Draws the groups with rows.</summary>
    public static PlotDrawing Draw(EquivalenceReport report)
    {
        GroupFlips[] groups = [.. report.Groups.Where(group => group is { Share: not null, Interval: not null })];
        string[] names = [.. groups.Select(group => $"{group.Attribute} = {group.Group}")];
        return new PlotDrawing
        {
            Title = report.Flips is { } flips ? $"{PlainNumbers.Count(flips.Count)} of {PlainNumbers.Count(report.Count)} rows are decided otherwise" : "Rows decided otherwise",
            Description = "The share of flipped decisions of each group, with its interval.",
            Figure = new PlotFigure([new JsonObject
            {
                ["type"] = "scatter",
                ["mode"] = "markers",
                ["x"] = PlotJson.Numbers(groups.Select(group => group.Share!.Value)),
                ["y"] = PlotJson.Texts(names),
                ["marker"] = new JsonObject { ["color"] = PlotColor.Category(1), ["size"] = 8 },
                ["error_x"] = new JsonObject
                {
                    ["type"] = "data",
                    ["symmetric"] = false,
                    ["array"] = PlotJson.Numbers(groups.Select(group => group.Interval![1] - group.Share!.Value)),
                    ["arrayminus"] = PlotJson.Numbers(groups.Select(group => group.Share!.Value - group.Interval![0])),
                    ["color"] = "var(--ink)",
                },
                ["hoverinfo"] = "x+y",
            }], new JsonObject
            {
                ["xaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = "Share of flipped decisions" }, ["rangemode"] = "tozero" },
                ["yaxis"] = PlotJson.FeatureAxis(names),
                ["margin"] = new JsonObject { ["l"] = PlotJson.LabelMargin(names) },
                ["showlegend"] = false,
            }),
            Table = new PlotTable(
                ["Group", "n", "Flipped", "Low", "High", "Gained", "Lost", "Adjusted p"],
                [.. groups.Select((group, i) => (IReadOnlyList<string>)
                [
                    names[i], PlainNumbers.Count(group.Count), PlainNumbers.Value(group.Share), PlainNumbers.Value(group.Interval![0]), PlainNumbers.Value(group.Interval[1]),
                    group.Gained is int gained ? PlainNumbers.Count(gained) : "–", group.Lost is int lost ? PlainNumbers.Count(lost) : "–", PlainNumbers.Probability(group.AdjustedPValue),
                ])]),
            Height = PlotJson.RowsHeight(Math.Max(4, groups.Length)) + 24,
        };
    }
}
