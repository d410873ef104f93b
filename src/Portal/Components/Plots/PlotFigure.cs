using System.Text.Json.Nodes;

namespace Governance.Portal.Components.Plots;

/// <summary>What Plotly draws: traces, and the layout that differs from the template of the look.</summary>
/// <remarks>
/// A colour may be a CSS variable, written <c>var(--cat-1)</c>: the component puts in the value of the theme when it
/// draws and again when the theme changes, so that builders know no colours.
/// </remarks>
/// <param name="Data">The traces.</param>
/// <param name="Layout">Merged over the template.</param>
internal sealed record PlotFigure(JsonArray Data, JsonObject Layout);
