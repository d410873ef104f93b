using System.Text.Json.Nodes;
using Governance.Audit.Findings;
using Governance.Audit.Mitigation;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Mitigations;

/// <summary>One rate of each group before and after a mitigation, joined by a line. Pure.</summary>
internal static class ChangePlot
{
    /// <summary>The colour of what is decided now.</summary>
    public const string Before = PlotColor.Quiet;

    /// <summary>The colour of what would be decided.</summary>
    public static readonly string After = PlotColor.Category(1);

    /// <summary>The rates that can be drawn: those of at least one group, in the report's order.</summary>
    public static IReadOnlyList<string> Metrics(MitigationReport report) =>
        [.. report.Changes.Where(change => change is { Before: not null, After: not null, Group.Length: > 0 }).Select(change => change.Metric).Distinct()];

    /// <summary>Draws one rate.</summary>
    /// <param name="report">With changes of the rate.</param>
    /// <param name="metric">One of <see cref="Metrics"/>.</param>
    public static PlotDrawing Draw(MitigationReport report, string metric)
    {
        GroupChange[] drawn = [.. report.Changes.Where(change => change.Metric == metric && change is { Before: not null, After: not null })];
        string[] names = [.. drawn.Select(change => change.Group.Length == 0 ? "all rows" : change.Group)];
        return new PlotDrawing
        {
            Title = Title(drawn, metric),
            Description = "Open: decided now. Filled: decided by the new thresholds, with the 95 % interval of the change of the same rows; bold where it does not hold 0.",
            Figure = new PlotFigure([Lines(drawn), Open(drawn, names), Filled(drawn, names)], Layout(drawn, names, metric)),
            Table = new PlotTable(
                [report.Attribute, "n", "Before", "After", "Change [95 %]"],
                [.. drawn.Select((change, at) => (IReadOnlyList<string>)[names[at], PlainNumbers.Count(change.Count), PlainNumbers.Percent(change.Before!.Value), PlainNumbers.Percent(change.After!.Value), Points(change)])]),
            Height = PlotJson.RowsHeight(drawn.Length) + 16,
        };
    }

    private static string Title(GroupChange[] drawn, string metric)
    {
        GroupChange[] groups = [.. drawn.Where(change => change.Group.Length > 0)];
        string rate = Performance.PerformanceWords.Capital(MetricWords.Of(metric));
        int rows = drawn.FirstOrDefault(change => change.Group.Length == 0)?.Count ?? groups.Sum(change => change.Count);
        return groups.Length < 2
            ? $"{rate} of {groups[0].Group} goes from {PlainNumbers.Percent(groups[0].Before!.Value)} to {PlainNumbers.Percent(groups[0].After!.Value)}, n = {PlainNumbers.Count(rows)}"
            : $"{rate}: the groups lie {Apart(groups, change => change.Before!.Value)} points apart before and {Apart(groups, change => change.After!.Value)} after, n = {PlainNumbers.Count(rows)}";
    }

    private static string Apart(GroupChange[] groups, Func<GroupChange, double> rate) => PlainNumbers.Percent(groups.Max(rate) - groups.Min(rate))[..^2];

    private static string Points(GroupChange change) => change is { Difference: double difference, Interval: { } interval }
        ? $"{Signed(difference)} [{Signed(interval[0])}, {Signed(interval[1])}]" : "undefined";

    private static string Signed(double share) => (share > 0 ? "+" : "") + PlainNumbers.Percent(share);

    private static bool IsSure(GroupChange change) => change.Interval is { } interval && (interval[0] > 0 || interval[1] < 0);

    private static JsonObject Lines(GroupChange[] drawn) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines",
        ["x"] = PlotJson.Numbers(drawn.SelectMany(change => new[] { change.Before!.Value, change.After!.Value, double.NaN })),
        ["y"] = PlotJson.Numbers(drawn.SelectMany((_, at) => new[] { at, at, double.NaN })),
        ["line"] = new JsonObject { ["color"] = Before, ["width"] = 1.5 },
        ["hoverinfo"] = "skip",
    };

    private static JsonObject Open(GroupChange[] drawn, string[] names) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "markers",
        ["x"] = PlotJson.Numbers(drawn.Select(change => change.Before!.Value)),
        ["y"] = PlotJson.Numbers(drawn.Select((_, at) => (double)at)),
        ["marker"] = new JsonObject { ["symbol"] = "circle-open", ["size"] = 9, ["color"] = Before, ["line"] = new JsonObject { ["width"] = 2 } },
        ["hovertext"] = PlotJson.Texts(drawn.Select((change, at) => PlotJson.Escape($"{names[at]} before: {PlainNumbers.Percent(change.Before!.Value)}, n = {PlainNumbers.Count(change.Count)}"))),
        ["hoverinfo"] = "text",
    };

    private static JsonObject Filled(GroupChange[] drawn, string[] names) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "markers",
        ["x"] = PlotJson.Numbers(drawn.Select(change => change.After!.Value)),
        ["y"] = PlotJson.Numbers(drawn.Select((_, at) => (double)at)),
        ["marker"] = new JsonObject { ["size"] = 9, ["color"] = After },
        ["error_x"] = new JsonObject
        {
            ["type"] = "data",
            ["symmetric"] = false,
            ["array"] = PlotJson.Numbers(drawn.Select(change => change.Interval is { } ends ? ends[1] - change.Difference!.Value : double.NaN)),
            ["arrayminus"] = PlotJson.Numbers(drawn.Select(change => change.Interval is { } ends ? change.Difference!.Value - ends[0] : double.NaN)),
            ["color"] = PlotColor.Ink,
        },
        ["hovertext"] = PlotJson.Texts(drawn.Select((change, at) => PlotJson.Escape($"{names[at]} after: {PlainNumbers.Percent(change.After!.Value)}, change {Points(change)}"))),
        ["hoverinfo"] = "text",
    };

    private static JsonObject Layout(GroupChange[] drawn, string[] names, string metric) => new()
    {
        ["xaxis"] = new JsonObject
        {
            ["title"] = new JsonObject { ["text"] = PlotJson.Escape(Performance.PerformanceWords.Capital(MetricWords.Of(metric))) },
            ["tickformat"] = ".0%",
            ["autorangeoptions"] = new JsonObject { ["clipmin"] = -0.03, ["clipmax"] = 1.03 }, // intervals of a change may reach beyond any share
        },
        ["yaxis"] = new JsonObject
        {
            ["range"] = PlotJson.Numbers([drawn.Length - 0.5, -0.5]),
            ["showgrid"] = false,
            ["ticklabelstandoff"] = 6,
            ["tickvals"] = PlotJson.Numbers(Enumerable.Range(0, drawn.Length).Select(at => (double)at)),
            ["ticktext"] = PlotJson.Texts(names.Select(name => PlotJson.Escape(PlotJson.Shortened(name)))),
        },
        ["margin"] = new JsonObject { ["l"] = PlotJson.LabelMargin(names), ["r"] = 64 },
        ["showlegend"] = false,
        ["annotations"] = new JsonArray(
        [
            .. drawn.Select((change, at) => (JsonNode)new JsonObject
            {
                ["x"] = 1, ["xref"] = "paper", ["xanchor"] = "left", ["xshift"] = 6, ["y"] = at, ["yanchor"] = "middle", ["showarrow"] = false,
                ["text"] = IsSure(change) ? $"<b>{Signed(change.Difference!.Value)}</b>" : Signed(change.Difference ?? double.NaN),
                ["font"] = new JsonObject { ["color"] = IsSure(change) ? PlotColor.Ink : PlotColor.Quiet },
            }),
        ]),
    };
}
