using System.Globalization;
using System.Text.Json.Nodes;
using Governance.Audit.Comparisons;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Comparisons;

/// <summary>The share of the favourable outcome of each protected group, from the first version to the second. Pure.</summary>
internal static class GroupSlopePlot
{
    private const int MostNamed = 14; // more labels than that have no room
    private const double LineOfText = 15 / 320.0; // of the height within the axes

    /// <summary>Draws the groups that have shares.</summary>
    /// <param name="report">The comparison.</param>
    /// <param name="groups">The groups that the person who looks may see.</param>
    public static PlotDrawing Draw(ComparisonReport report, IReadOnlyList<GroupFlips> groups)
    {
        GroupFlips[] drawn = [.. groups.Where(group => group.FavourableA is not null && group.FavourableB is not null)];
        double[] shares = [.. drawn.SelectMany(group => (double[])[group.FavourableA!.Value, group.FavourableB!.Value])];
        double low = shares.DefaultIfEmpty(0).Min();
        double high = shares.DefaultIfEmpty(1).Max();
        double room = Math.Max(0.02, (high - low) * 0.08);
        (double bottom, double top) = (Math.Max(-0.02, low - room), Math.Min(1.02, high + room));
        return new PlotDrawing
        {
            Title = Title(report, drawn),
            Description = "Each line is a group: the share of its rows with the favourable outcome by the first version, left, and by the second, right. "
                + "Coloured lines moved by more than chance (McNemar's test, Holm within the attribute).",
            Figure = new PlotFigure(
                [.. drawn.Select(group => Line(report, group))],
                new JsonObject
                {
                    ["xaxis"] = new JsonObject
                    {
                        ["tickvals"] = new JsonArray(0, 1), ["ticktext"] = PlotJson.Texts([PlotJson.Escape(report.A), PlotJson.Escape(report.B)]),
                        ["range"] = new JsonArray(-0.12, 1.5), ["showgrid"] = false, ["zeroline"] = false,
                    },
                    ["yaxis"] = new JsonObject
                    {
                        ["title"] = new JsonObject { ["text"] = "Share of favourable outcomes" }, ["tickformat"] = ".0%",
                        ["range"] = PlotJson.Numbers([bottom, top]),
                    },
                    ["annotations"] = new JsonArray([.. Names(drawn, (top - bottom) * LineOfText)]),
                    ["margin"] = new JsonObject { ["t"] = 16 },
                    ["showlegend"] = false,
                }),
            Table = new PlotTable(
                ["Group", "n", report.A, report.B, "Difference", "95 % low", "95 % high", "Adjusted p"],
                [
                    .. drawn.Select(group => (IReadOnlyList<string>)
                    [
                        $"{group.Attribute} = {group.Group}", PlainNumbers.Count(group.Count), PlainNumbers.Percent(group.FavourableA!.Value),
                        PlainNumbers.Percent(group.FavourableB!.Value), PlainNumbers.Signed(group.FavourableB - group.FavourableA),
                        group.ShiftInterval is null ? "" : PlainNumbers.Value(group.ShiftInterval[0]),
                        group.ShiftInterval is null ? "" : PlainNumbers.Value(group.ShiftInterval[1]), PlainNumbers.Probability(group.AdjustedPValue),
                    ]),
                ]),
            Height = 380,
        };
    }

    private static string Title(ComparisonReport report, GroupFlips[] groups)
    {
        GroupFlips[] moved = [.. groups.Where(group => group.Verdict is "gains" or "loses")];
        string n = $"n = {PlainNumbers.Count(report.Count)}";
        if (moved.Length == 0)
        {
            return $"No group's share of favourable outcomes moved by more than chance, {n}";
        }

        GroupFlips most = moved.MaxBy(group => Math.Abs(group.FavourableB!.Value - group.FavourableA!.Value))!;
        double points = 100 * (most.FavourableB!.Value - most.FavourableA!.Value);
        return $"{most.Attribute} = {most.Group} {most.Verdict} most: {Math.Abs(points).ToString("0.0", CultureInfo.InvariantCulture)} points of favourable outcomes"
            + $"{(moved.Length > 1 ? $", and {moved.Length - 1} other group{(moved.Length == 2 ? "" : "s")} moved" : "")}, {n}";
    }

    // Names stand as near to the ends of their lines as leaves each of them readable: pushed upwards from below, and all of them half as far back.
    private static IEnumerable<JsonNode> Names(GroupFlips[] groups, double apart)
    {
        GroupFlips[] named = [.. groups.Take(MostNamed).OrderBy(group => group.FavourableB)];
        double[] at = [.. named.Select(group => group.FavourableB!.Value)];
        for (int i = 1; i < at.Length; i++)
        {
            at[i] = Math.Max(at[i], at[i - 1] + apart);
        }

        double over = at.Length == 0 ? 0 : at[^1] - named[^1].FavourableB!.Value;
        for (int i = 0; i < at.Length; i++)
        {
            at[i] -= over / 2;
        }

        return named.Select((group, i) => (JsonNode)new JsonObject
        {
            ["x"] = 1, ["xanchor"] = "left", ["xshift"] = 10, ["y"] = at[i], ["yanchor"] = "middle", ["showarrow"] = false,
            ["text"] = PlotJson.Escape($"{group.Attribute} = {group.Group}"), ["font"] = new JsonObject { ["color"] = PlotColor.Ink, ["size"] = 11 },
        });
    }

    private static JsonObject Line(ComparisonReport report, GroupFlips group)
    {
        string color = group.Verdict switch { "gains" => PlotColor.Category(1), "loses" => PlotColor.Category(2), _ => PlotColor.Quiet };
        string name = $"{group.Attribute} = {group.Group}";
        return new JsonObject
        {
            ["type"] = "scatter",
            ["mode"] = "lines+markers",
            ["name"] = PlotJson.Escape(name),
            ["x"] = new JsonArray(0, 1),
            ["y"] = PlotJson.Numbers([group.FavourableA!.Value, group.FavourableB!.Value]),
            ["line"] = new JsonObject { ["color"] = color, ["width"] = group.Verdict is "gains" or "loses" ? 2.5 : 1.2, ["dash"] = group.Verdict == "loses" ? "5px 3px" : "solid" },
            ["marker"] = new JsonObject { ["color"] = color, ["size"] = 7 },
            ["cliponaxis"] = false,
            ["hovertext"] = PlotJson.Texts(
            [
                $"{name}, {report.A}: {PlainNumbers.Percent(group.FavourableA!.Value)}, n = {PlainNumbers.Count(group.Count)}",
                $"{name}, {report.B}: {PlainNumbers.Percent(group.FavourableB!.Value)}; {PlainNumbers.Count(group.Gained ?? 0)} gained, {PlainNumbers.Count(group.Lost ?? 0)} lost",
            ]),
            ["hoverinfo"] = "text",
        };
    }
}
