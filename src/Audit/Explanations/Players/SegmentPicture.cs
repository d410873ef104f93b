using Governance.Audit.Pictures;

namespace Governance.Audit.Explanations.Players;

/// <summary>Regions of like pixels by SLIC.</summary>
/// <remarks>
/// Achanta, Shaji, Smith, Lucchi, Fua and Süsstrunk, "SLIC superpixels compared to state-of-the-art superpixel methods",
/// IEEE TPAMI 34(11), 2012: k-means in colour and place, each centre looking no further than twice the grid's step, then
/// pieces that are cut off join a neighbour. Three channels are taken as sRGB and compared in CIELAB; any other number as
/// they are, stretched to 0 … 100. Nothing is drawn at random, so one picture has one segmentation.
/// </remarks>
internal static class SegmentPicture
{
    /// <summary>How much place counts against colour: the paper's m, of 1 to 40.</summary>
    public const double Compactness = 10;

    private const int Rounds = 10;

    /// <summary>Segments a picture.</summary>
    /// <param name="layout">Its shape.</param>
    /// <param name="picture">Shape [elements]; what is not finite counts as the smallest value.</param>
    /// <param name="segments">About how many regions, at least 1; small pictures get at most one a pixel.</param>
    /// <returns>Shape [pixels]: regions numbered from 0 in the order in which they first come, each connected.</returns>
    public static int[] Run(ImageLayout layout, ReadOnlySpan<double> picture, int segments)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(segments, 1);
        (int height, int width) = (layout.Height, layout.Width);
        double step = Math.Max(1, Math.Sqrt((double)height * width / segments));
        double[][] colours = PictureColours.Of(layout, picture);
        List<Centre> centres = Start(colours, height, width, step);
        int[] labels = new int[height * width];
        for (int round = 0; round < Rounds; round++)
        {
            Assign(colours, centres, labels, height, width, step);
            Update(colours, centres, labels, width);
        }

        return ConnectRegions.Of(labels, height, width, Math.Max(1, (int)(step * step / 4)));
    }

    // On a grid, each moved to the pixel of least gradient around it so that none begins on an edge.
    private static List<Centre> Start(double[][] colours, int height, int width, double step)
    {
        int down = Math.Max(1, (int)Math.Round(height / step));
        int across = Math.Max(1, (int)Math.Round(width / step));
        List<Centre> centres = [];
        for (int row = 0; row < down; row++)
        {
            for (int column = 0; column < across; column++)
            {
                int y = (int)((row + 0.5) * height / down);
                int x = (int)((column + 0.5) * width / across);
                (int bestY, int bestX) = step < 3 ? (y, x) : Flattest(colours, height, width, y, x);
                centres.Add(new Centre(bestY, bestX, [.. colours[(bestY * width) + bestX]]));
            }
        }

        return centres;
    }

    private static (int Y, int X) Flattest(double[][] colours, int height, int width, int y, int x)
    {
        (int Y, int X) best = (y, x);
        double least = double.PositiveInfinity;
        for (int atY = Math.Max(1, y - 1); atY <= Math.Min(height - 2, y + 1); atY++)
        {
            for (int atX = Math.Max(1, x - 1); atX <= Math.Min(width - 2, x + 1); atX++)
            {
                double gradient = Apart(colours[(atY * width) + atX + 1], colours[(atY * width) + atX - 1])
                    + Apart(colours[((atY + 1) * width) + atX], colours[((atY - 1) * width) + atX]);
                if (gradient < least)
                {
                    (least, best) = (gradient, (atY, atX));
                }
            }
        }

        return best;
    }

    private static void Assign(double[][] colours, List<Centre> centres, int[] labels, int height, int width, double step)
    {
        double[] nearest = new double[labels.Length];
        Array.Fill(nearest, double.PositiveInfinity);
        double place = Compactness * Compactness / (step * step);
        int reach = (int)Math.Ceiling(2 * step);
        for (int label = 0; label < centres.Count; label++)
        {
            Centre centre = centres[label];
            for (int y = Math.Max(0, (int)centre.Y - reach); y <= Math.Min(height - 1, (int)centre.Y + reach); y++)
            {
                for (int x = Math.Max(0, (int)centre.X - reach); x <= Math.Min(width - 1, (int)centre.X + reach); x++)
                {
                    int at = (y * width) + x;
                    double distance = Apart(colours[at], centre.Colour)
                        + (place * (((y - centre.Y) * (y - centre.Y)) + ((x - centre.X) * (x - centre.X))));
                    if (distance < nearest[at])
                    {
                        (nearest[at], labels[at]) = (distance, label);
                    }
                }
            }
        }
    }

    private static void Update(double[][] colours, List<Centre> centres, int[] labels, int width)
    {
        double[][] sums = [.. centres.Select(centre => new double[centre.Colour.Length + 3])];
        for (int at = 0; at < labels.Length; at++)
        {
            double[] sum = sums[labels[at]];
            sum[0]++;
            sum[1] += at / width;
            sum[2] += at % width;
            for (int i = 0; i < colours[at].Length; i++)
            {
                sum[i + 3] += colours[at][i];
            }
        }

        for (int label = 0; label < centres.Count; label++)
        {
            double[] sum = sums[label];
            if (sum[0] > 0)
            {
                centres[label] = new Centre(sum[1] / sum[0], sum[2] / sum[0], [.. sum.Skip(3).Select(value => value / sum[0])]);
            }
        }
    }

    private static double Apart(double[] one, double[] other)
    {
        double sum = 0;
        for (int i = 0; i < one.Length; i++)
        {
            sum += (one[i] - other[i]) * (one[i] - other[i]);
        }

        return sum;
    }

    private readonly record struct Centre(double Y, double X, double[] Colour);
}
