using System.Text.Json.Nodes;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Slices;

/// <summary>The branches of a tree whose nodes stand one below the other: a line down from each parent and across to its child. Pure.</summary>
internal static class ErrorTreeBranches
{
    private const int Inset = 4; // from the beginning of a parent's name
    private const int Gap = 2; // before a child's name

    /// <summary>Two shapes for every node but the first.</summary>
    /// <param name="depths">Of the nodes from the top; 0 is the root, and each parent stands above its children.</param>
    /// <param name="room">How far left of the plot names begin, in CSS pixels.</param>
    /// <param name="step">How far each level is set in, in CSS pixels.</param>
    public static IEnumerable<JsonNode> Of(IReadOnlyList<int> depths, int room, int step)
    {
        for (int node = 1; node < depths.Count; node++)
        {
            int parent = node - 1;
            while (depths[parent] >= depths[node])
            {
                parent--;
            }

            int trunk = (step * depths[parent]) - room + Inset;
            yield return Line(trunk, parent + 0.35, trunk, node);
            yield return Line(trunk, node, (step * depths[node]) - room - Gap, node);
        }
    }

    private static JsonObject Line(int fromX, double fromY, int toX, double toY) => new()
    {
        ["type"] = "line", ["xref"] = "paper", ["xsizemode"] = "pixel", ["xanchor"] = 0, ["yref"] = "y",
        ["x0"] = fromX, ["x1"] = toX, ["y0"] = fromY, ["y1"] = toY, ["line"] = new JsonObject { ["color"] = PlotColor.Quiet, ["width"] = 1 },
    };
}
