using System.Buffers.Binary;
using System.IO.Compression;
using Governance.Audit.Data.Sources;

namespace Governance.Audit.Data.Images;

/// <summary>A picture out of a PNG file (ISO/IEC 15948:2004): 8 bits a sample, grey, RGB, RGBA or palette, not interlaced.</summary>
/// <remarks>
/// Strict: checksums are checked, chunks stand in their order, sizes are bounded before anything is unpacked, and what would have to be
/// guessed (transparency by colour, moving pictures, other depths) is refused.
/// </remarks>
/// <param name="Width">At least 1.</param>
/// <param name="Height">At least 1.</param>
/// <param name="Channels">1 for grey, 3 for RGB and palettes, 4 for RGBA.</param>
/// <param name="Samples">Shape [height, width, channels], 0 to 255.</param>
internal sealed record PngImage(int Width, int Height, int Channels, byte[] Samples)
{
    private const int ChunkHead = 8;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Whether a file begins as a PNG file does.</summary>
    public static bool Is(ReadOnlySpan<byte> head) => head.StartsWith(Signature);

    /// <summary>Reads a file.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="mostSamples">The most samples (pixels times channels) of a picture.</param>
    /// <exception cref="InputException">The file is no such picture, or too large; the sentence says what is wrong with "it".</exception>
    public static PngImage Read(ReadOnlySpan<byte> file, int mostSamples)
    {
        if (!Is(file))
        {
            throw Fault("is no PNG file");
        }

        PngHeader? header = null;
        ReadOnlySpan<byte> palette = [];
        using MemoryStream packed = new();
        bool dataEnded = false;
        for (ReadOnlySpan<byte> rest = file[Signature.Length..]; ;)
        {
            string name = Chunk(rest, out ReadOnlySpan<byte> content);
            rest = rest[(ChunkHead + content.Length + sizeof(uint))..];
            if (header is null != (name == "IHDR"))
            {
                throw Fault("does not have its header once and first");
            }

            dataEnded |= packed.Length > 0 && name != "IDAT";
            switch (name)
            {
                case "IHDR":
                    header = PngHeader.Read(content, mostSamples);
                    break;
                case "PLTE" when header!.IsPalette && palette.IsEmpty && packed.Length == 0 && content.Length is > 0 and <= 768 && content.Length % 3 == 0:
                    palette = content;
                    break;
                case "PLTE" when !header!.IsPalette:
                    break;
                case "IDAT" when !dataEnded:
                    packed.Write(content);
                    break;
                case "IEND" when rest.IsEmpty && content.IsEmpty && packed.Length > 0:
                    return Make(header!, palette, packed);
                case "tRNS":
                    throw Fault("makes a colour transparent; save it as RGB or RGBA");
                case "acTL":
                    throw Fault("is a moving picture");
                case var other when char.IsAsciiLetterLower(other[0]):
                    break;
                default:
                    throw Fault($"has its part '{name}' where none belongs");
            }
        }
    }

    private static PngImage Make(PngHeader header, ReadOnlySpan<byte> palette, MemoryStream packed)
    {
        byte[] lines = Unpack(packed, header.Height * (1 + header.LineBytes));
        byte[] samples = PngFilter.Undo(lines, header);
        if (!header.IsPalette)
        {
            return new PngImage(header.Width, header.Height, header.Channels, samples);
        }

        byte[] colours = new byte[samples.Length * header.Channels];
        for (int i = 0; i < samples.Length; i++)
        {
            int at = header.Channels * samples[i];
            if (at >= palette.Length)
            {
                throw Fault($"uses the colour {samples[i]}, which its palette does not have");
            }

            palette.Slice(at, header.Channels).CopyTo(colours.AsSpan(i * header.Channels));
        }

        return new PngImage(header.Width, header.Height, header.Channels, colours);
    }

    private static string Chunk(ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> content)
    {
        if (rest.Length < ChunkHead + sizeof(uint) || BinaryPrimitives.ReadUInt32BigEndian(rest) > rest.Length - ChunkHead - sizeof(uint))
        {
            throw Fault("is cut short");
        }

        int length = (int)BinaryPrimitives.ReadUInt32BigEndian(rest);
        ReadOnlySpan<byte> name = rest.Slice(sizeof(uint), sizeof(uint));
        Crc32 checksum = default;
        checksum.Add(rest.Slice(sizeof(uint), sizeof(uint) + length));
        if (checksum.Value != BinaryPrimitives.ReadUInt32BigEndian(rest[(ChunkHead + length)..]))
        {
            throw Fault("is damaged: a checksum does not fit");
        }

        foreach (byte letter in name)
        {
            if (!char.IsAsciiLetter((char)letter))
            {
                throw Fault("is damaged: a part has no name");
            }
        }

        content = rest.Slice(ChunkHead, length);
        return System.Text.Encoding.ASCII.GetString(name);
    }

    // As many bytes as the header says, and not one more.
    private static byte[] Unpack(MemoryStream packed, int length)
    {
        packed.Position = 0;
        byte[] lines = new byte[length];
        try
        {
            using ZLibStream stream = new(packed, CompressionMode.Decompress);
            return stream.ReadAtLeast(lines, length, throwOnEndOfStream: false) < length ? throw Fault("has fewer pixels than its header says")
                : stream.ReadByte() >= 0 ? throw Fault("has more pixels than its header says")
                : lines;
        }
        catch (InvalidDataException fault)
        {
            throw new InputException("The picture is damaged: its pixels cannot be unpacked.", fault);
        }
    }

    internal static InputException Fault(string what) => new($"The picture {what}.");
}
