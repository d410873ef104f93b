namespace Governance.Audit.Pictures;

/// <summary>Operations on one picture. Pure.</summary>
internal static class ImageOperations
{
    /// <summary>Moves a picture; what comes in from outside is background.</summary>
    /// <param name="layout">Its shape.</param>
    /// <param name="picture">Shape [size].</param>
    /// <param name="right">Pixels to the right, negative for left.</param>
    /// <param name="down">Pixels down, negative for up.</param>
    /// <param name="background">The value outside.</param>
    /// <param name="moved">Shape [size], overwritten.</param>
    public static void Shift(ImageLayout layout, ReadOnlySpan<double> picture, int right, int down, double background, Span<double> moved)
    {
        for (int channel = 0; channel < layout.Channels; channel++)
        {
            for (int y = 0; y < layout.Height; y++)
            {
                for (int x = 0; x < layout.Width; x++)
                {
                    moved[layout.Offset(channel, y, x)] = At(layout, picture, channel, y - down, x - right, background);
                }
            }
        }
    }

    /// <summary>Turns a picture about its centre, with straight lines between pixels.</summary>
    /// <param name="layout">Its shape.</param>
    /// <param name="picture">Shape [size].</param>
    /// <param name="degrees">Anticlockwise.</param>
    /// <param name="background">The value outside.</param>
    /// <param name="turned">Shape [size], overwritten.</param>
    public static void Rotate(ImageLayout layout, ReadOnlySpan<double> picture, double degrees, double background, Span<double> turned)
    {
        (double sine, double cosine) = Math.SinCos(degrees * Math.PI / 180);
        double centreY = (layout.Height - 1) / 2.0;
        double centreX = (layout.Width - 1) / 2.0;
        for (int y = 0; y < layout.Height; y++)
        {
            for (int x = 0; x < layout.Width; x++)
            {
                double fromX = centreX + (cosine * (x - centreX)) - (sine * (y - centreY));
                double fromY = centreY + (sine * (x - centreX)) + (cosine * (y - centreY));
                int left = (int)Math.Floor(fromX);
                int top = (int)Math.Floor(fromY);
                double across = fromX - left;
                double below = fromY - top;
                for (int channel = 0; channel < layout.Channels; channel++)
                {
                    double upper = ((1 - across) * At(layout, picture, channel, top, left, background)) + (across * At(layout, picture, channel, top, left + 1, background));
                    double lower = ((1 - across) * At(layout, picture, channel, top + 1, left, background)) + (across * At(layout, picture, channel, top + 1, left + 1, background));
                    turned[layout.Offset(channel, y, x)] = ((1 - below) * upper) + (below * lower);
                }
            }
        }
    }

    /// <summary>Replaces each pixel by the median or the mean of the square around it, as far as the picture goes.</summary>
    /// <param name="layout">Its shape.</param>
    /// <param name="picture">Shape [size].</param>
    /// <param name="radius">Pixels to each side, at least 1.</param>
    /// <param name="median">Whether to take the median; else the mean.</param>
    /// <param name="smooth">Shape [size], overwritten.</param>
    public static void Smooth(ImageLayout layout, ReadOnlySpan<double> picture, int radius, bool median, Span<double> smooth)
    {
        double[] around = new double[((2 * radius) + 1) * ((2 * radius) + 1)];
        for (int channel = 0; channel < layout.Channels; channel++)
        {
            for (int y = 0; y < layout.Height; y++)
            {
                for (int x = 0; x < layout.Width; x++)
                {
                    int count = 0;
                    for (int atY = Math.Max(0, y - radius); atY <= Math.Min(layout.Height - 1, y + radius); atY++)
                    {
                        for (int atX = Math.Max(0, x - radius); atX <= Math.Min(layout.Width - 1, x + radius); atX++)
                        {
                            around[count++] = picture[layout.Offset(channel, atY, atX)];
                        }
                    }

                    smooth[layout.Offset(channel, y, x)] = median ? Median(around.AsSpan(0, count)) : Mean(around.AsSpan(0, count));
                }
            }
        }
    }

    private static double At(ImageLayout layout, ReadOnlySpan<double> picture, int channel, int y, int x, double background) =>
        y < 0 || x < 0 || y >= layout.Height || x >= layout.Width ? background : picture[layout.Offset(channel, y, x)];

    private static double Median(Span<double> values)
    {
        values.Sort();
        int middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
