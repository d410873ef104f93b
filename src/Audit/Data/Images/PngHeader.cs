using System.Buffers.Binary;

namespace Governance.Audit.Data.Images;

/// <summary>What the header of a PNG file says.</summary>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Channels">Of the picture: 1, 3 or 4.</param>
/// <param name="IsPalette">Whether a pixel is the number of a colour.</param>
internal sealed record PngHeader(int Width, int Height, int Channels, bool IsPalette)
{
    private const int Length = 13;
    private const byte Grey = 0;
    private const byte Rgb = 2;
    private const byte Palette = 3;
    private const byte Rgba = 6;

    /// <summary>Bytes of a pixel in a line.</summary>
    public int PixelBytes => IsPalette ? 1 : Channels;

    /// <summary>Bytes of a line of pixels.</summary>
    public int LineBytes => Width * PixelBytes;

    /// <summary>Reads the content of the header.</summary>
    /// <param name="content">13 bytes.</param>
    /// <param name="mostSamples">The most pixels times channels.</param>
    /// <exception cref="InputException">The picture is of a kind that is not read, or too large.</exception>
    public static PngHeader Read(ReadOnlySpan<byte> content, int mostSamples)
    {
        if (content.Length != Length)
        {
            throw PngImage.Fault("is damaged: its header has another length");
        }

        uint width = BinaryPrimitives.ReadUInt32BigEndian(content);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(content[4..]);
        (byte depth, byte kind, byte packing, byte filter, byte interlace) = (content[8], content[9], content[10], content[11], content[12]);
        int channels = kind switch
        {
            Grey => 1,
            Rgb or Palette => 3,
            Rgba => 4,
            _ => throw PngImage.Fault("is neither grey, RGB, RGBA nor of a palette"),
        };
        return width == 0 || height == 0 ? throw PngImage.Fault("has no pixels")
            : width > (uint)mostSamples || height > (uint)mostSamples || (long)width * height * channels > mostSamples
            ? throw PngImage.Fault($"has {width:N0} × {height:N0} pixels of {channels} {(channels == 1 ? "channel" : "channels")}; a row holds at most {mostSamples:N0} numbers, so make it smaller")
            : depth != 8 ? throw PngImage.Fault($"has {depth} bits a sample; save it with 8")
            : interlace != 0 ? throw PngImage.Fault("is interlaced; save it without")
            : packing != 0 || filter != 0 ? throw PngImage.Fault("is packed in a way that no standard knows")
            : new PngHeader((int)width, (int)height, channels, kind == Palette);
    }
}
