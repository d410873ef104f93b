using Governance.Audit.Pictures;

namespace Governance.Audit.Explanations.Players;

/// <summary>The colours of a picture's pixels in a space where distances are as eyes see them.</summary>
internal static class PictureColours
{
    // IEC 61966-2-1 (sRGB) to CIE XYZ, over the white of D65.
    private static readonly double[] ToXyz =
    [
        0.4124564 / 0.95047, 0.3575761 / 0.95047, 0.1804375 / 0.95047,
        0.2126729, 0.7151522, 0.0721750,
        0.0193339 / 1.08883, 0.1191920 / 1.08883, 0.9503041 / 1.08883,
    ];

    /// <summary>Reads a picture.</summary>
    /// <param name="layout">Its shape.</param>
    /// <param name="picture">Shape [elements]; what is not finite counts as the smallest value.</param>
    /// <returns>Shape [pixels][colours]: CIELAB of three channels, else the channels stretched to 0 … 100.</returns>
    public static double[][] Of(ImageLayout layout, ReadOnlySpan<double> picture)
    {
        (double least, double most) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (double value in picture)
        {
            (least, most) = double.IsFinite(value) ? (Math.Min(least, value), Math.Max(most, value)) : (least, most);
        }

        double scale = most > least ? 1 / (most - least) : 0;
        double[][] colours = new double[layout.Height * layout.Width][];
        for (int at = 0; at < colours.Length; at++)
        {
            double[] colour = new double[layout.Channels];
            for (int channel = 0; channel < colour.Length; channel++)
            {
                double value = picture[layout.Offset(channel, at / layout.Width, at % layout.Width)];
                colour[channel] = double.IsFinite(value) ? (value - least) * scale : 0;
            }

            colours[at] = layout.Channels == 3 ? Lab(colour) : [.. colour.Select(value => 100 * value)];
        }

        return colours;
    }

    /// <summary>CIELAB (CIE 15:2004) of sRGB in 0 … 1.</summary>
    internal static double[] Lab(double[] rgb)
    {
        double[] linear = [.. rgb.Select(value => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4))];
        double[] f = new double[3];
        for (int row = 0; row < 3; row++)
        {
            double part = (ToXyz[3 * row] * linear[0]) + (ToXyz[(3 * row) + 1] * linear[1]) + (ToXyz[(3 * row) + 2] * linear[2]);
            f[row] = part > 216.0 / 24389 ? Math.Cbrt(part) : ((24389.0 / 27 * part) + 16) / 116;
        }

        return [(116 * f[1]) - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])];
    }
}
