using System.Text.Json.Nodes;
using Governance.Audit.Fairness;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Fairness;

/// <summary>What changing the attribute alone changes, and which columns tell it. Pure.</summary>
internal static class FlipPlots
{
    private const int MostColumns = 20;

    /// <summary>Whose decisions change when the attribute alone is changed.</summary>
    public static PlotDrawing Flips(string attribute, FlipReport report)
    {
        FlipGroup[] groups = [.. report.Groups.OrderByDescending(group => group.Rate).ThenBy(group => group.Group, StringComparer.Ordinal)];
        string rate = PlainNumbers.WithInterval(report.Rate, report.Interval);
        return Rows(
            !report.IsInput
                ? $"The model does not read {attribute}: changing it alone changes nothing it says"
                : report.Rate == 0
                ? $"No decision of {PlainNumbers.Count(report.Rows)} changes when {attribute} alone is changed, interval [{PlainNumbers.Value(report.Interval[0])}, {PlainNumbers.Value(report.Interval[1])}]"
                : $"A share of {rate} of {PlainNumbers.Count(report.Rows)} decisions changes when {attribute} alone is changed",
            $"Share of each group’s decisions that change for at least one other level of {attribute}, with 95 % intervals.",
            "Share of decisions that change", [.. groups.Select(group => ($"{group.Group} (n = {PlainNumbers.Count(group.Count)})", (double?)group.Rate, group.Interval))], 0,
            new PlotTable(
                [$"{attribute}", "n", "Decisions that change [95 %]"],
                [.. groups.Select(group => (IReadOnlyList<string>)[group.Group, PlainNumbers.Count(group.Count), PlainNumbers.WithInterval(group.Rate, group.Interval)])]),
            null);
    }

    /// <summary>How well each column tells the attribute.</summary>
    public static PlotDrawing Proxies(string attribute, ProxyReport report)
    {
        ProxyColumn[] columns = [.. report.Columns.Where(column => column.RocAuc is not null).OrderByDescending(column => column.RocAuc).Take(MostColumns)];
        ProxyColumn[] telling = [.. report.Columns.Where(column => column.AdjustedPValue < 0.05)];
        return Rows(
            columns.Length == 0
                ? $"No column has enough rows to be tried as a stand-in for {attribute}"
                : $"{telling.Length} of {report.Columns.Count} columns tell {attribute} beyond chance; best {columns[0].Column}, area {PlainNumbers.WithInterval(columns[0].RocAuc, columns[0].Interval)} for {columns[0].Group}",
            $"Area under the ROC curve of the group that a column tells best, scored on folds that it was not read from; 0.5 tells nothing. n = {PlainNumbers.Count(report.Rows)}.",
            "Area under the ROC curve", [.. columns.Select(column => (column.Column, column.RocAuc, column.Interval))], 0.45,
            new PlotTable(
                ["Column", "Tells best", "Area [95 %]", "Part of the entropy explained", "p, adjusted (Holm)"],
                [
                    .. report.Columns.Select(column => (IReadOnlyList<string>)
                    [
                        column.Column, column.Group ?? "none", PlainNumbers.WithInterval(column.RocAuc, column.Interval), PlainNumbers.Percent(column.Explained), PlainNumbers.Probability(column.AdjustedPValue),
                    ]),
                ]),
            0.5);
    }

    private static PlotDrawing Rows(
        string title, string description, string axis, (string Name, double? Value, IReadOnlyList<double>? Interval)[] rows, double from, PlotTable table, double? line) => new()
        {
            Title = title,
            Description = description,
            Figure = new PlotFigure(
                rows.Length == 0 ? [] :
                [
                    new JsonObject
                    {
                        ["type"] = "scatter",
                        ["mode"] = "markers",
                        ["x"] = PlotJson.Numbers(rows.Select(row => row.Value ?? double.NaN)),
                        ["y"] = PlotJson.Texts(rows.Select(row => row.Name)),
                        ["marker"] = new JsonObject { ["color"] = PlotColor.Category(1), ["size"] = 8 },
                        ["error_x"] = new JsonObject
                        {
                            ["type"] = "data",
                            ["symmetric"] = false,
                            ["array"] = PlotJson.Numbers(rows.Select(row => row.Interval is { } ends ? ends[1] - row.Value!.Value : double.NaN)),
                            ["arrayminus"] = PlotJson.Numbers(rows.Select(row => row.Interval is { } ends ? row.Value!.Value - ends[0] : double.NaN)),
                        },
                        ["hovertext"] = PlotJson.Texts(rows.Select(row => $"{PlotJson.Escape(row.Name)}: {PlainNumbers.WithInterval(row.Value, row.Interval)}")),
                        ["hoverinfo"] = "text",
                    },
                ],
                new JsonObject
                {
                    ["xaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = axis }, ["range"] = PlotJson.Numbers([Math.Min(from, rows.Select(row => row.Interval?[0] ?? row.Value ?? from).DefaultIfEmpty(from).Min()) - 0.02, 1.02]) },
                    ["yaxis"] = PlotJson.FeatureAxis(rows.Select(row => row.Name)),
                    ["shapes"] = line is double at ? new JsonArray(CutPlots.Upright(at, PlotColor.Quiet, "1px 3px")) : [],
                    ["margin"] = new JsonObject { ["l"] = PlotJson.LabelMargin(rows.Select(row => row.Name)) },
                }),
            Table = table,
            Height = Math.Max(160, PlotJson.RowsHeight(rows.Length)),
        };
}
