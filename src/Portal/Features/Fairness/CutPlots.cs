using System.Text.Json.Nodes;
using Governance.Audit.Fairness;
using Governance.Audit.Findings;
using Governance.Audit.Performance;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Fairness;

/// <summary>Rates of groups by threshold, and at one threshold. Pure.</summary>
internal static class CutPlots
{
    /// <summary>More groups than this cannot be told apart by colour.</summary>
    public const int MostGroups = 6;

    private const int MostPoints = 81;

    /// <summary>The rates that can be drawn over the threshold.</summary>
    public static IReadOnlyList<(string Key, string Words)> Rates { get; } =
        [("selection", "Favourable decisions"), ("tpr", "True positive rate"), ("fpr", "False positive rate")];

    /// <summary>A rate of the largest groups over the threshold, with the threshold in use and the candidate.</summary>
    public static PlotDrawing ByCut(CutGroups groups, string rate, CutChoice choice)
    {
        int[] drawn = [.. Enumerable.Range(0, groups.Names.Count).OrderByDescending(i => groups.Tables[i].Rows).ThenBy(i => i).Take(MostGroups).Order()];
        double[] cuts = [.. groups.All.Spread(MostPoints).Skip(1).Select(place => groups.All.Cuts[place - 1]).Order()];
        double[][] values = [.. drawn.Select(i => Array.ConvertAll(cuts, cut => Rate(groups, groups.Tables[i].At(cut), rate)))];
        string words = Rates.First(each => each.Key == rate).Words;
        JsonArray traces = [];
        for (int i = 0; i < drawn.Length; i++)
        {
            traces.Add((JsonNode)Line(groups.Names[drawn[i]], i + 1, cuts, values[i]));
        }

        return new PlotDrawing
        {
            Title = Title(groups, drawn, rate, words, choice),
            Description = $"{words} by threshold{(drawn.Length < groups.Names.Count ? $", the {drawn.Length} largest of {groups.Names.Count} groups" : "")}; the solid line is the threshold in use, the dashed one the candidate.",
            Figure = new PlotFigure(traces, new JsonObject
            {
                ["xaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = "Decision threshold" } },
                ["yaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = words }, ["range"] = new JsonArray(-0.02, 1.02), ["tickformat"] = ".0%" },
                ["shapes"] = new JsonArray([.. (JsonNode?[])[groups.Live.InUse is double inUse ? Upright(inUse, PlotColor.Ink, null) : null, Upright(choice.Cut, PlotColor.Limit, "5px 3px")]]),
                ["margin"] = new JsonObject { ["t"] = 48 },
                ["showlegend"] = true,
            }),
            Table = new PlotTable(
                ["Threshold", .. drawn.Select(i => groups.Names[i])],
                [.. cuts.Select((cut, at) => (IReadOnlyList<string>)[CutChoice.Text(cut), .. values.Select(own => double.IsNaN(own[at]) ? "undefined" : PlainNumbers.Percent(own[at]))])]),
            Height = 360,
        };
    }

    /// <summary>What each group meets: three rates with their intervals.</summary>
    /// <param name="then">The groups.</param>
    /// <param name="hasLabels">Whether error rates are known.</param>
    /// <param name="where">Begins the title, such as "At this threshold".</param>
    public static PlotDrawing AtCut(CutFairness then, bool hasLabels, string where)
    {
        CutRates[] drawn = [.. then.Groups.OrderBy(group => group.Selection.Value ?? 2).ThenBy(group => group.Group, StringComparer.Ordinal)];
        (string Name, Func<CutRates, CutFigure> Of)[] rates = hasLabels
            ? [("favourable", group => group.Selection), ("true positive", group => group.Tpr), ("false positive", group => group.Fpr)]
            : [("favourable", group => group.Selection)];
        string[] symbols = ["circle", "square", "diamond"];
        string[] names = [.. drawn.Select(group => $"{group.Group} (n = {PlainNumbers.Count(group.Rows)})")];
        JsonArray traces = [];
        for (int i = 0; i < rates.Length; i++)
        {
            double shift = rates.Length == 1 ? 0 : (i - 1) * 0.22;
            traces.Add((JsonNode)Dots(rates[i].Name, i + 1, symbols[i], [.. drawn.Select(rates[i].Of)], [.. drawn.Select((_, row) => row + shift)], names));
        }

        return new PlotDrawing
        {
            Title = then.SelectionDifference.Value is double apart
                ? $"{where}, favourable decisions lie {PlainNumbers.Percent(apart)[..^2]} percentage points apart: {CutWords.Between(then.SelectionDifference)}, n = {PlainNumbers.Count(then.Overall.Rows)}"
                : $"{where}, no two groups have enough rows to be compared",
            Description = "Rates of each group with 95 % intervals.",
            Figure = new PlotFigure(traces, new JsonObject
            {
                ["xaxis"] = new JsonObject { ["range"] = new JsonArray(-0.02, 1.02), ["tickformat"] = ".0%", ["title"] = new JsonObject { ["text"] = "Share of the group's rows" } },
                ["yaxis"] = new JsonObject
                {
                    ["tickvals"] = PlotJson.Numbers(Enumerable.Range(0, names.Length).Select(row => (double)row)),
                    ["ticktext"] = PlotJson.Texts(names.Select(PlotJson.Escape)),
                    ["range"] = PlotJson.Numbers([names.Length - 0.4, -0.6]),
                    ["showgrid"] = false,
                },
                ["margin"] = new JsonObject { ["l"] = PlotJson.LabelMargin(names), ["t"] = 36 },
                ["showlegend"] = true,
            }),
            Table = new PlotTable(
                ["Group", "n", .. rates.Select(rate => $"{char.ToUpperInvariant(rate.Name[0])}{rate.Name[1..]} [95 %]")],
                [.. drawn.Select(group => (IReadOnlyList<string>)[group.Group, PlainNumbers.Count(group.Rows), .. rates.Select(rate => CutWords.Share(rate.Of(group)))])]),
            Height = Math.Max(220, 96 + (44 * names.Length)),
        };
    }

    /// <summary>A line across the drawing at one score.</summary>
    public static JsonObject Upright(double x, string color, string? dash) => new()
    {
        ["type"] = "line", ["xref"] = "x", ["yref"] = "paper", ["x0"] = x, ["x1"] = x, ["y0"] = 0, ["y1"] = 1,
        ["line"] = new JsonObject { ["color"] = color, ["width"] = 1.25, ["dash"] = dash ?? "solid" },
    };

    private static double Rate(CutGroups groups, in Outcomes outcomes, string rate) => rate switch
    {
        "tpr" => Audit.Performance.Rate.Of(outcomes.TruePositives, outcomes.Positives).Value,
        "fpr" => Audit.Performance.Rate.Of(outcomes.FalsePositives, outcomes.Negatives).Value,
        _ => Audit.Performance.Rate.Of(groups.Live.Decisions.FavourableIsPositive ? outcomes.PredictedPositive : outcomes.PredictedNegative, outcomes.All).Value,
    };

    private static string Title(CutGroups groups, int[] drawn, string rate, string words, CutChoice choice)
    {
        (string Name, double Value)[] at = [.. drawn.Select(i => (groups.Names[i], Rate(groups, groups.Tables[i].At(choice.Of(groups.Places[i])), rate))).Where(pair => !double.IsNaN(pair.Item2))];
        return at.Length == 0 ? $"{words} {(rate == "selection" ? "are" : "is")} undefined at this threshold"
            : at.Length == 1 ? $"{words} of {at[0].Name} {(rate == "selection" ? "are" : "is")} {PlainNumbers.Percent(at[0].Value)} at {CutChoice.Text(choice.Cut)}, n = {PlainNumbers.Count(groups.All.Rows)}"
            : $"{words} {(rate == "selection" ? "run" : "runs")} from {PlainNumbers.Percent(at.Min(pair => pair.Value))} ({at.MinBy(pair => pair.Value).Name}) to {PlainNumbers.Percent(at.Max(pair => pair.Value))} ({at.MaxBy(pair => pair.Value).Name}) at {CutChoice.Text(choice.Cut)}, n = {PlainNumbers.Count(groups.All.Rows)}";
    }

    private static JsonObject Line(string name, int series, double[] x, double[] y) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines",
        ["name"] = PlotJson.Escape(name),
        ["x"] = PlotJson.Numbers(x),
        ["y"] = PlotJson.Numbers(y),
        ["line"] = new JsonObject { ["color"] = PlotColor.Category(series), ["width"] = 1.75, ["dash"] = series <= 2 ? "solid" : series <= 4 ? "6px 3px" : "2px 2px" },
        ["hovertext"] = PlotJson.Texts(x.Select((cut, i) => $"{PlotJson.Escape(name)} from {CutChoice.Text(cut)}: {(double.IsNaN(y[i]) ? "undefined" : PlainNumbers.Percent(y[i]))}")),
        ["hoverinfo"] = "text",
    };

    private static JsonObject Dots(string name, int series, string symbol, CutFigure[] figures, double[] y, string[] names) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "markers",
        ["name"] = name,
        ["x"] = PlotJson.Numbers(figures.Select(figure => figure.Value ?? double.NaN)),
        ["y"] = PlotJson.Numbers(y),
        ["marker"] = new JsonObject { ["color"] = PlotColor.Category(series), ["size"] = 8, ["symbol"] = symbol },
        ["error_x"] = new JsonObject
        {
            ["type"] = "data",
            ["symmetric"] = false,
            ["array"] = PlotJson.Numbers(figures.Select(figure => figure.Interval is { } ends ? ends[1] - figure.Value!.Value : double.NaN)),
            ["arrayminus"] = PlotJson.Numbers(figures.Select(figure => figure.Interval is { } ends ? figure.Value!.Value - ends[0] : double.NaN)),
            ["color"] = PlotColor.Category(series),
        },
        ["hovertext"] = PlotJson.Texts(figures.Select((figure, i) => $"{PlotJson.Escape(names[i])}, {name}: {CutWords.Share(figure)}")),
        ["hoverinfo"] = "text",
    };
}
