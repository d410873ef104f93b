using Governance.Audit.Pictures;

namespace Governance.Audit.Explanations.Players;

/// <summary>A picture or a sequence cut into parts, each of which is one player.</summary>
/// <param name="Of">Shape [elements]: the part of each element by its offset in the row, from 0.</param>
/// <param name="Names">One a part, distinct.</param>
/// <param name="Centres">Where each part lies: pixels or steps down, pixels across; channels by their number.</param>
/// <param name="Columns">Parts side by side where they form a grid, row by row; 0 where they form none.</param>
internal sealed record TensorParts(int[] Of, IReadOnlyList<string> Names, IReadOnlyList<(double Down, double Across)> Centres, int Columns)
{
    /// <summary>Cuts into rectangles; those at the right and the lower edge may be smaller.</summary>
    /// <param name="layout">The picture or sequence.</param>
    /// <param name="spec">The sides of a rectangle and what it is called.</param>
    public static TensorParts Grid(ImageLayout layout, PlayerSpec spec)
    {
        int columns = (layout.Width + spec.Across - 1) / spec.Across;
        int rows = (layout.Height + spec.Down - 1) / spec.Down;
        int[] of = new int[layout.Size];
        Fill(layout, of, (_, y, x) => (y / spec.Down * columns) + (x / spec.Across));
        List<string> names = [];
        List<(double, double)> centres = [];
        for (int part = 0; part < rows * columns; part++)
        {
            (int top, int left) = (part / columns * spec.Down, part % columns * spec.Across);
            (int bottom, int right) = (Math.Min(top + spec.Down, layout.Height) - 1, Math.Min(left + spec.Across, layout.Width) - 1);
            names.Add(spec.Kind switch
            {
                PlayerKind.Steps => Span("step", top, bottom),
                PlayerKind.Tokens => Span("token", top, bottom),
                _ => $"{Span("row", top, bottom)}, {Span("column", left, right)}",
            });
            centres.Add(((top + bottom) / 2.0, (left + right) / 2.0));
        }

        return new TensorParts(of, names, centres, columns);
    }

    /// <summary>One part a channel.</summary>
    public static TensorParts Channels(ImageLayout layout)
    {
        int[] of = new int[layout.Size];
        Fill(layout, of, (channel, _, _) => channel);
        return new TensorParts(
            of, [.. Enumerable.Range(0, layout.Channels).Select(channel => $"channel {channel}")],
            [.. Enumerable.Range(0, layout.Channels).Select(channel => ((double)channel, 0.0))], 0);
    }

    /// <summary>One part a region of like pixels.</summary>
    /// <param name="layout">The picture.</param>
    /// <param name="picture">Shape [elements]: its values.</param>
    /// <param name="segments">About how many regions.</param>
    public static TensorParts Superpixels(ImageLayout layout, ReadOnlySpan<double> picture, int segments)
    {
        int[] labels = SegmentPicture.Run(layout, picture, segments);
        int count = labels.Max() + 1;
        (double Down, double Across)[] centres = new (double, double)[count];
        int[] pixels = new int[count];
        for (int at = 0; at < labels.Length; at++)
        {
            (double down, double across) = centres[labels[at]];
            centres[labels[at]] = (down + (at / layout.Width), across + (at % layout.Width));
            pixels[labels[at]]++;
        }

        int[] of = new int[layout.Size];
        Fill(layout, of, (_, y, x) => labels[(y * layout.Width) + x]);
        return new TensorParts(
            of, [.. Enumerable.Range(1, count).Select(segment => $"region {segment}")],
            [.. centres.Select((sum, segment) => (sum.Down / pixels[segment], sum.Across / pixels[segment]))], 0);
    }

    private static void Fill(ImageLayout layout, int[] of, Func<int, int, int, int> part)
    {
        for (int channel = 0; channel < layout.Channels; channel++)
        {
            for (int y = 0; y < layout.Height; y++)
            {
                for (int x = 0; x < layout.Width; x++)
                {
                    of[layout.Offset(channel, y, x)] = part(channel, y, x);
                }
            }
        }
    }

    private static string Span(string word, int from, int to) => from == to ? $"{word} {from}" : $"{word}s {from} to {to}";
}
