using System.Text.Json.Nodes;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Cases;

/// <summary>Upright lines with names, as plots of one case mark the average, the threshold and the case. Pure.</summary>
internal static class PlotLines
{
    /// <summary>A line through the whole height.</summary>
    public static JsonObject Upright(double at, string color, string dash) => new()
    {
        ["type"] = "line",
        ["x0"] = at,
        ["x1"] = at,
        ["yref"] = "paper",
        ["y0"] = 0,
        ["y1"] = 1,
        ["line"] = new JsonObject { ["color"] = color, ["width"] = 1.25, ["dash"] = dash },
    };

    /// <summary>Its name; two names on top stand on two levels, so that they never cover each other.</summary>
    public static JsonObject Named(double at, string text, bool top, bool strong, int level = 0) => new()
    {
        ["x"] = at,
        ["yref"] = "paper",
        ["y"] = top ? 1 : 0,
        ["yanchor"] = top ? "bottom" : "top",
        ["yshift"] = top ? 15 * level : -16,
        ["text"] = strong ? $"<b>{text}</b>" : text,
        ["showarrow"] = false,
        ["bgcolor"] = PlotColor.Ground,
    };
}
