using System.Globalization;
using System.Net;
using System.Text;

namespace Governance.Portal.Features.Explanations.Report;

/// <summary>Writes one drawing as SVG. Every text is escaped; colours are classes of the style sheet, never values.</summary>
/// <remarks>What has no place, because a number is missing, is left out.</remarks>
internal sealed class Svg
{
    // The width of a letter of the interface type at 12 px, for room and shortening; exact widths need a browser.
    private const double LetterWidth = 6.6;

    private readonly StringBuilder parts = new();

    /// <summary>Begins a drawing.</summary>
    /// <param name="width">In user units; the drawing scales to the page.</param>
    /// <param name="height">In user units.</param>
    /// <param name="label">What is drawn, for those who do not see it.</param>
    public Svg(int width, int height, string label)
    {
        parts.Append(CultureInfo.InvariantCulture, $"<svg class=\"chart\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{Escape(label)}\">");
    }

    /// <summary>Text for elements and attributes.</summary>
    public static string Escape(string? text) => WebUtility.HtmlEncode(Printable(text ?? ""));

    /// <summary>Text shortened to a room, with an ellipsis.</summary>
    public static string Fit(string text, double room)
    {
        int most = Math.Max(4, (int)(room / LetterWidth));
        return text.Length <= most ? text : text[..(most - 1)] + "…";
    }

    /// <summary>The room that a text takes, about.</summary>
    public static double Room(string text) => text.Length * LetterWidth;

    public void Line(double x1, double y1, double x2, double y2, string style)
    {
        if (Placed(x1, y1, x2, y2))
        {
            parts.Append(CultureInfo.InvariantCulture, $"<line x1=\"{x1:0.##}\" y1=\"{y1:0.##}\" x2=\"{x2:0.##}\" y2=\"{y2:0.##}\" class=\"{style}\"/>");
        }
    }

    public void Rectangle(double x, double y, double width, double height, string style)
    {
        if (Placed(x, y, width, height))
        {
            parts.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x:0.##}\" y=\"{y:0.##}\" width=\"{Math.Max(0, width):0.##}\" height=\"{height:0.##}\" class=\"{style}\"/>");
        }
    }

    public void Dot(double x, double y, double radius, string style)
    {
        if (Placed(x, y, radius))
        {
            parts.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{x:0.##}\" cy=\"{y:0.##}\" r=\"{radius:0.##}\" class=\"{style}\"/>");
        }
    }

    /// <summary>Writes text; anchored "start", "middle" or "end".</summary>
    public void Text(double x, double y, string text, string anchor, string style = "")
    {
        if (Placed(x, y))
        {
            parts.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.##}\" y=\"{y:0.##}\" text-anchor=\"{anchor}\" class=\"{style}\">{Escape(text)}</text>");
        }
    }

    /// <summary>A whisker with its two ends.</summary>
    public void Whisker(double from, double to, double y)
    {
        Line(from, y, to, y, "whisker");
        Line(from, y - 3, from, y + 3, "whisker");
        Line(to, y - 3, to, y + 3, "whisker");
    }

    /// <summary>The drawing.</summary>
    public override string ToString() => parts + "</svg>";

    private static bool Placed(params ReadOnlySpan<double> numbers)
    {
        foreach (double number in numbers)
        {
            if (!double.IsFinite(number))
            {
                return false;
            }
        }

        return true;
    }

    // Control letters and halves of surrogate pairs are no text of a document.
    private static string Printable(string text)
    {
        StringBuilder kept = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            kept.Append(Rune.IsControl(rune) && rune.Value is not '\n' and not '\t' ? Rune.ReplacementChar : rune);
        }

        return kept.ToString();
    }
}
