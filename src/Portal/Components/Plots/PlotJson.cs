using System.Net;
using System.Text.Json.Nodes;

namespace Governance.Portal.Components.Plots;

/// <summary>The pieces that plot builders write Plotly's JSON with.</summary>
internal static class PlotJson
{
    private const int RowHeight = 27; // the row of a table and of the plots in the look, in CSS pixels
    private const int FrameHeight = 64;

    /// <summary>An array of numbers; NaN and infinities become null, which Plotly draws as a gap.</summary>
    public static JsonArray Numbers(IEnumerable<double> values) =>
        new([.. values.Select(value => double.IsFinite(value) ? JsonValue.Create(value) : null)]);

    /// <summary>An array of strings.</summary>
    public static JsonArray Texts(IEnumerable<string?> values) =>
        new([.. values.Select(value => value is null ? null : (JsonNode)JsonValue.Create(value)!)]);

    /// <summary>Text for titles, labels and hover boxes, in which Plotly reads a few HTML tags.</summary>
    public static string Escape(string text) =>
        WebUtility.HtmlEncode(text).Replace("&quot;", "\"", StringComparison.Ordinal); // plotly knows no entity of quotes, and they mean nothing outside a tag

    /// <summary>The height of a plot with one line a feature.</summary>
    public static int RowsHeight(int rows) => FrameHeight + (RowHeight * rows);

    /// <summary>The axis of features, the first on top.</summary>
    public static JsonObject FeatureAxis(IEnumerable<string> features)
    {
        List<string> names = [.. features];
        return new JsonObject
        {
            ["type"] = "category",
            ["categoryorder"] = "array",
            ["categoryarray"] = Texts(names),
            ["range"] = Numbers([names.Count - 0.5, -0.5]),
            ["showgrid"] = false,
            ["ticklabelstandoff"] = 6,
            ["tickvals"] = Texts(names),
            ["ticktext"] = Texts(names.Select(name => Escape(Shortened(name)))),
        };
    }

    /// <summary>Room for the longest label, in CSS pixels.</summary>
    public static int LabelMargin(IEnumerable<string> labels) =>
        Math.Clamp(16 + (int)(6.4 * labels.Select(label => Shortened(label).Length).DefaultIfEmpty(0).Max()), 48, 168);

    /// <summary>A number at the right edge of a feature's line.</summary>
    public static JsonObject RightLabel(string feature, string text, bool strong) => new()
    {
        ["x"] = 1,
        ["xref"] = "paper",
        ["xanchor"] = "left",
        ["xshift"] = 6,
        ["y"] = feature,
        ["yanchor"] = "middle",
        ["text"] = strong ? $"<b>{Escape(text)}</b>" : Escape(text),
        ["showarrow"] = false,
        ["font"] = new JsonObject { ["color"] = strong ? "var(--ink)" : "var(--ink-3)" },
    };

    /// <summary>A label that fits beside a plot.</summary>
    public static string Shortened(string text) => text.Length <= 26 ? text : text[..25] + "…";
}
