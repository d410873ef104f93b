using System.Text.Json.Nodes;
using Governance.Audit.Comparisons;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Comparisons;

/// <summary>How far the scores of each protected group move from the first version to the second. Pure.</summary>
internal static class GroupShiftPlot
{
    /// <summary>Draws the groups that have a mean.</summary>
    /// <param name="report">The comparison.</param>
    /// <param name="groups">The groups that the person who looks may see.</param>
    public static PlotDrawing Draw(ComparisonReport report, IReadOnlyList<GroupShift> groups)
    {
        string what = report.Task == "regression" ? "value" : "score";
        GroupShift[] drawn = [.. groups.Where(group => group.Mean is not null)];
        string[] names = [.. drawn.Select(group => $"{group.Attribute} = {group.Group}")];
        return new PlotDrawing
        {
            Title = Title(report, drawn, what),
            Description = $"Each dot is a group’s mean of {report.B}’s {what} less {report.A}’s, with its 95 % interval over rows; the dashed line is all rows.",
            Figure = new PlotFigure(
                drawn.Length == 0 ? [] : [Dots(drawn, names)],
                new JsonObject
                {
                    ["xaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = $"Mean shift of the {what}" }, ["zeroline"] = true },
                    ["yaxis"] = PlotJson.FeatureAxis(names),
                    ["margin"] = new JsonObject { ["l"] = PlotJson.LabelMargin(names) },
                    ["shapes"] = new JsonArray(new JsonObject
                    {
                        ["type"] = "line", ["xref"] = "x", ["yref"] = "paper", ["x0"] = report.Shift!.Mean, ["x1"] = report.Shift.Mean, ["y0"] = 0, ["y1"] = 1,
                        ["line"] = new JsonObject { ["color"] = PlotColor.Ink, ["width"] = 1.5, ["dash"] = "5px 3px" },
                    }),
                    ["showlegend"] = false,
                }),
            Table = new PlotTable(
                ["Group", "n", "Mean shift", "95 % low", "95 % high"],
                [
                    .. drawn.Zip(names, (group, name) => (IReadOnlyList<string>)
                    [
                        name, PlainNumbers.Count(group.Count), PlainNumbers.Signed(group.Mean),
                        group.Interval is null ? "" : PlainNumbers.Signed(group.Interval[0]), group.Interval is null ? "" : PlainNumbers.Signed(group.Interval[1]),
                    ]),
                ]),
            Height = PlotJson.RowsHeight(Math.Max(4, drawn.Length)) + 24,
        };
    }

    // Groups whose interval leaves out the mean of all rows: the two versions differ more, or less, for them.
    private static string Title(ComparisonReport report, GroupShift[] groups, string what)
    {
        double all = report.Shift!.Mean;
        GroupShift[] apart = [.. groups.Where(group => group.Interval is { } ends && (ends[0] > all || ends[1] < all))];
        string n = $"n = {PlainNumbers.Count(report.Count)}";
        return apart.MaxBy(group => Math.Abs(group.Mean!.Value - all)) is { } most
            ? $"The {what}s of {most.Attribute} = {most.Group} move by {PlainNumbers.WithInterval(most.Mean, most.Interval)}, those of all rows by {PlainNumbers.Signed(all)}, {n}"
            : $"The {what}s of no group move otherwise than those of all rows, {n}";
    }

    private static JsonObject Dots(GroupShift[] groups, string[] names) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "markers",
        ["x"] = PlotJson.Numbers(groups.Select(group => group.Mean!.Value)),
        ["y"] = PlotJson.Texts(names),
        ["marker"] = new JsonObject { ["color"] = PlotColor.Category(1), ["size"] = 8 },
        ["error_x"] = new JsonObject
        {
            ["type"] = "data",
            ["symmetric"] = false,
            ["array"] = PlotJson.Numbers(groups.Select(group => group.Interval is { } ends ? ends[1] - group.Mean!.Value : double.NaN)),
            ["arrayminus"] = PlotJson.Numbers(groups.Select(group => group.Interval is { } ends ? group.Mean!.Value - ends[0] : double.NaN)),
            ["color"] = PlotColor.Ink,
        },
        ["hovertext"] = PlotJson.Texts(groups.Zip(names, (group, name) => $"{PlotJson.Escape(name)}: {PlainNumbers.WithInterval(group.Mean, group.Interval)}, n = {PlainNumbers.Count(group.Count)}")),
        ["hoverinfo"] = "text",
    };
}
