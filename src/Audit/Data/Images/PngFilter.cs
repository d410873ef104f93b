namespace Governance.Audit.Data.Images;

/// <summary>Undoes the filters of PNG's lines (ISO/IEC 15948:2004, 9.2): each byte was written as its difference from a guess by its neighbours.</summary>
internal static class PngFilter
{
    /// <summary>Undoes them.</summary>
    /// <param name="lines">Shape [height, 1 + line bytes]: each line with its filter before it.</param>
    /// <param name="header">The picture's sizes.</param>
    /// <returns>Shape [height, line bytes].</returns>
    /// <exception cref="InputException">A line has a filter that does not exist.</exception>
    public static byte[] Undo(ReadOnlySpan<byte> lines, PngHeader header)
    {
        int width = header.LineBytes;
        int pixel = header.PixelBytes;
        byte[] samples = new byte[header.Height * width];
        for (int y = 0; y < header.Height; y++)
        {
            ReadOnlySpan<byte> line = lines.Slice(y * (1 + width), 1 + width);
            Span<byte> own = samples.AsSpan(y * width, width);
            ReadOnlySpan<byte> above = y == 0 ? new byte[width] : samples.AsSpan((y - 1) * width, width);
            for (int x = 0; x < width; x++)
            {
                int left = x < pixel ? 0 : own[x - pixel];
                int corner = x < pixel ? 0 : above[x - pixel];
                int guess = line[0] switch
                {
                    0 => 0,
                    1 => left,
                    2 => above[x],
                    3 => (left + above[x]) / 2,
                    4 => Paeth(left, above[x], corner),
                    _ => throw PngImage.Fault($"is damaged: a line has the filter {line[0]}"),
                };
                own[x] = (byte)(line[1 + x] + guess);
            }
        }

        return samples;
    }

    private static int Paeth(int left, int above, int corner)
    {
        int guess = left + above - corner;
        (int fromLeft, int fromAbove, int fromCorner) = (Math.Abs(guess - left), Math.Abs(guess - above), Math.Abs(guess - corner));
        return fromLeft <= fromAbove && fromLeft <= fromCorner ? left : fromAbove <= fromCorner ? above : corner;
    }
}
