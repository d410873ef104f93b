using System.Text.Json.Nodes;

namespace Governance.Portal.Components.Plots;

/// <summary>What Plotly draws: traces, and the layout that differs from the template of the look.</summary>
/// <remarks>
/// A colour may be a CSS variable, written <c>var(--cat-1)</c>: the component puts in the value of the theme when it
/// draws and again when the theme changes, so that builders know no colours.
/// </remarks>
/// <param name="Data">The traces.</param>
/// <param name="Layout">Merged over the template.</param>
public sealed record PlotFigure(JsonArray Data, JsonObject Layout)
{
    /// <summary>The width of the drawing, in CSS pixels, below which the narrow layout applies.</summary>
    public const int NarrowBelow = 520;

    /// <summary>What the layout changes below <see cref="NarrowBelow"/>, merged over it; null for nothing.</summary>
    public JsonObject? Narrow { get; init; }

    /// <summary>The height below <see cref="NarrowBelow"/>, in CSS pixels; null for the drawing's own.</summary>
    public int? NarrowHeight { get; init; }

    /// <summary>The figure as js/plot.js reads it.</summary>
    /// <param name="height">In CSS pixels.</param>
    public string ToJson(int height) => new JsonObject
    {
        ["data"] = Data.DeepClone(),
        ["layout"] = Layout.DeepClone(),
        ["height"] = height,
        ["narrow"] = Narrow?.DeepClone(),
        ["narrowHeight"] = NarrowHeight ?? height,
        ["narrowBelow"] = NarrowBelow,
    }.ToJsonString();
}
