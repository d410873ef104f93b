using System.Text.Json.Nodes;
using Governance.Audit.Explanations.Summaries;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Explanations.Summaries;

/// <summary>Brackets beside bars that join features which say much the same. Pure.</summary>
internal static class GroupBrackets
{
    /// <summary>Where brackets begin, in CSS pixels right of the bars: behind the numbers.</summary>
    public const int Start = 64;

    /// <summary>Room for the brackets, in CSS pixels.</summary>
    public const int Room = (MostBrackets * Step) + 8;

    private const int MostBrackets = 3; // of more groups the closest are drawn; all are in the table and in sentences
    private const int Step = 18;
    private const int Tick = 5;

    /// <summary>The lines: for each group a spine with a tick at each member.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="names">The bars from the top.</param>
    public static JsonArray Shapes(IReadOnlyList<JointAttribution> groups, IReadOnlyList<string> names)
    {
        JsonArray shapes = [];
        foreach ((int[] places, int at) in Drawn(groups, names))
        {
            shapes.Add((JsonNode)Line(Left(at) + Tick, places[0], Left(at) + Tick, places[^1]));
            foreach (int place in places)
            {
                shapes.Add((JsonNode)Line(Left(at), place, Left(at) + Tick, place));
            }
        }

        return shapes;
    }

    /// <summary>Each bracket's letter, beside the middle of its spine.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="names">The bars from the top.</param>
    public static IEnumerable<JsonNode> Letters(IReadOnlyList<JointAttribution> groups, IReadOnlyList<string> names) =>
        Drawn(groups, names).Select(bracket => (JsonNode)new JsonObject
        {
            ["x"] = 1,
            ["xref"] = "paper",
            ["xanchor"] = "left",
            ["xshift"] = Left(bracket.At) + Tick + 1,
            ["y"] = (bracket.Places[0] + bracket.Places[^1]) / 2.0,
            ["yanchor"] = "middle",
            ["text"] = GlobalWords.Letter(bracket.At),
            ["showarrow"] = false,
            ["font"] = new JsonObject { ["color"] = PlotColor.Ink },
        });

    /// <summary>The other members of a feature's group; blank where it is in none.</summary>
    public static string Others(IReadOnlyList<JointAttribution> groups, string feature)
    {
        int group = groups.ToList().FindIndex(joint => joint.Group.Features.Contains(feature));
        return group < 0 ? "" : $"{GlobalWords.Letter(group)}: {PlainLists.And([.. groups[group].Group.Features.Where(name => name != feature)])}";
    }

    private static IEnumerable<(int[] Places, int At)> Drawn(IReadOnlyList<JointAttribution> groups, IReadOnlyList<string> names) =>
        groups.Take(MostBrackets)
            .Select((joint, at) => (Places: Enumerable.Range(0, names.Count).Where(place => joint.Group.Features.Contains(names[place])).ToArray(), At: at))
            .Where(bracket => bracket.Places.Length > 1);

    private static int Left(int at) => Start + (at * Step);

    private static JsonObject Line(int fromX, double fromY, int toX, double toY) => new()
    {
        ["type"] = "line",
        ["xref"] = "paper",
        ["xsizemode"] = "pixel",
        ["xanchor"] = 1,
        ["x0"] = fromX,
        ["x1"] = toX,
        ["yref"] = "y",
        ["y0"] = fromY,
        ["y1"] = toY,
        ["line"] = new JsonObject { ["color"] = PlotColor.Quiet, ["width"] = 1 },
    };
}
