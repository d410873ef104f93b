using System.Text.Json.Nodes;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Explanations.Summaries;

namespace Governance.Portal.Features.Pictures;

/// <summary>The pieces of drawings of pictures: grey values, attributions, words, and axes that count pixels. Pure.</summary>
internal static class PictureTraces
{
    private const int Widest = 520;

    /// <summary>The values as brightness.</summary>
    public static JsonObject Grey(ShownPicture picture, IReadOnlyList<PictureCell> cells, Func<PictureCell, string> hover) => new()
    {
        ["type"] = "heatmap",
        ["z"] = Matrix(picture, cells, cell => cell.Value),
        ["colorscale"] = PlotColor.DarkToLight(),
        ["showscale"] = false,
        ["hovertext"] = Texts(picture, cells, hover),
        ["hoverinfo"] = "text",
    };

    /// <summary>The pixels in their own colours; what is missing or masked is clear.</summary>
    public static JsonObject Coloured(ShownPicture picture, IReadOnlyList<PictureCell> cells, Func<PictureCell, string> hover)
    {
        PixelColours colours = new(picture, cells);
        int[][][] pixels = [.. Enumerable.Range(0, picture.Rows).Select(_ => Enumerable.Repeat((int[])[0, 0, 0, 0], picture.Across).ToArray())];
        foreach (PictureCell cell in cells)
        {
            if (colours.Of(cell) is (int red, int green, int blue))
            {
                pixels[cell.Row][cell.Column] = [red, green, blue, byte.MaxValue];
            }
        }

        return new JsonObject
        {
            ["type"] = "image",
            ["colormodel"] = "rgba256",
            ["z"] = new JsonArray([.. pixels.Select(row => (JsonNode)new JsonArray([.. row.Select(pixel => (JsonNode)new JsonArray([.. pixel.Select(shade => (JsonNode)shade)]))]))]),
            ["hovertext"] = Texts(picture, cells, hover),
            ["hoverinfo"] = "text",
        };
    }

    /// <summary>Numbers of places as colours.</summary>
    /// <param name="picture">How it looks.</param>
    /// <param name="cells">Its places.</param>
    /// <param name="number">The number of a place.</param>
    /// <param name="hover">What is said of a place.</param>
    /// <param name="signed">Whether colours run from below through none to above; else from none upwards.</param>
    /// <param name="opacity">Above 0, up to 1.</param>
    /// <param name="words">Whether the place's text stands on it.</param>
    public static JsonObject Heat(
        ShownPicture picture, IReadOnlyList<PictureCell> cells, Func<PictureCell, double> number, Func<PictureCell, string> hover, bool signed, double opacity, bool words)
    {
        double most = cells.Select(number).Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        most = most > 0 ? most : 1;
        JsonObject heat = new()
        {
            ["type"] = "heatmap",
            ["z"] = Matrix(picture, cells, number),
            ["zmin"] = signed ? -most : 0,
            ["zmax"] = most,
            ["colorscale"] = signed ? PlotColor.Diverging() : PlotColor.LowToHigh(),
            ["opacity"] = opacity,
            ["hovertext"] = Texts(picture, cells, hover),
            ["hoverinfo"] = "text",
            ["colorbar"] = new JsonObject { ["thickness"] = 10, ["outlinewidth"] = 0 },
        };
        if (words)
        {
            heat["text"] = Texts(picture, cells, cell => PlotJson.Escape(cell.Text));
            heat["texttemplate"] = "%{text}";
            heat["xgap"] = 2;
            heat["ygap"] = 6;
        }

        return heat;
    }

    /// <summary>Pixels are squares, steps and words fill the width; the first row is on top.</summary>
    public static JsonObject Layout(ShownPicture picture)
    {
        JsonObject down = new()
        {
            ["range"] = PlotJson.Numbers([picture.Rows - 0.5, -0.5]), ["showgrid"] = false, ["zeroline"] = false, ["ticks"] = "", ["dtick"] = Tick(picture.Rows), ["tick0"] = 0,
            ["showticklabels"] = picture.Kind != PictureKind.Tokens,
            ["title"] = new JsonObject { ["text"] = picture.Kind switch { PictureKind.Sequence => "Channel", PictureKind.Tokens => "", _ => "Row" } },
        };
        if (picture.Kind == PictureKind.Picture)
        {
            down["scaleanchor"] = "x";
            down["constrain"] = "domain";
        }

        return new JsonObject
        {
            ["xaxis"] = new JsonObject
            {
                ["range"] = PlotJson.Numbers([-0.5, picture.Across - 0.5]), ["showgrid"] = false, ["zeroline"] = false, ["ticks"] = "", ["dtick"] = Tick(picture.Across), ["tick0"] = 0,
                ["constrain"] = "domain",
                ["showticklabels"] = picture.Kind != PictureKind.Tokens || picture.Rows == 1,
                ["title"] = new JsonObject { ["text"] = picture.Kind switch { PictureKind.Sequence => "Step", PictureKind.Tokens => "Place", _ => "Column" } },
            },
            ["yaxis"] = down,
            ["margin"] = new JsonObject { ["l"] = 52, ["r"] = 24, ["t"] = 12 },
        };
    }

    /// <summary>The height of the drawing, in CSS pixels.</summary>
    public static int Height(ShownPicture picture) => picture.Kind == PictureKind.Picture
        ? Math.Clamp(Widest * picture.Rows / Math.Max(1, picture.Across), 240, 560)
        : Math.Clamp(100 + (40 * picture.Rows), 140, 520);

    private static int Tick(int count) => Math.Max(1, (count + 7) / 8);

    private static JsonArray Matrix(ShownPicture picture, IReadOnlyList<PictureCell> cells, Func<PictureCell, double> number)
    {
        double[][] matrix = [.. Enumerable.Range(0, picture.Rows).Select(_ => Enumerable.Repeat(double.NaN, picture.Across).ToArray())];
        foreach (PictureCell cell in cells)
        {
            matrix[cell.Row][cell.Column] = number(cell);
        }

        return new JsonArray([.. matrix.Select(row => (JsonNode)PlotJson.Numbers(row.Select(PlotNumbers.Short)))]);
    }

    private static JsonArray Texts(ShownPicture picture, IReadOnlyList<PictureCell> cells, Func<PictureCell, string> text)
    {
        string[][] matrix = [.. Enumerable.Range(0, picture.Rows).Select(_ => Enumerable.Repeat("", picture.Across).ToArray())];
        foreach (PictureCell cell in cells)
        {
            matrix[cell.Row][cell.Column] = text(cell);
        }

        return new JsonArray([.. matrix.Select(row => (JsonNode)PlotJson.Texts(row))]);
    }
}
