namespace Governance.Audit.Data.Sources;

/// <summary>The bytes of a data file, unpacked if they are gzip, readable more than once.</summary>
internal sealed class DataSource
{
    private const int HeadBytes = 512;

    private readonly Func<Stream> open;

    /// <summary>Makes a source.</summary>
    /// <param name="open">Opens the bytes from the beginning.</param>
    /// <param name="length">Their number, or -1 where reading will tell.</param>
    /// <exception cref="InputException">They come from an archive that is damaged.</exception>
    public DataSource(Func<Stream> open, long length)
    {
        this.open = open;
        Length = length;
        using Stream stream = open();
        byte[] head = new byte[HeadBytes];
        Head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
    }

    /// <summary>The first bytes, at most 512.</summary>
    public byte[] Head { get; }

    /// <summary>The number of bytes, or -1 where unpacking will tell.</summary>
    public long Length { get; }

    /// <summary>The file itself, positioned at its begin, where it is not packed; null for what comes out of an archive.</summary>
    public Stream? File { get; private init; }

    /// <summary>Opens the bytes from the beginning; only one at a time.</summary>
    public Stream Open() => open();

    /// <summary>Makes a source of a stream from its current position; the stream is not disposed, and copied to memory if it cannot seek.</summary>
    /// <exception cref="InputException">It is larger than the limit, or a damaged gzip file.</exception>
    public static DataSource Of(Stream stream, DataLimits limits)
    {
        Stream seekable = stream.CanSeek ? stream : Copy(stream, limits.Bytes);
        long origin = seekable.Position;
        DataSource plain = new(
            () =>
            {
                seekable.Position = origin;
                return new OpenedStream(seekable);
            },
            seekable.Length - origin) { File = seekable };
        seekable.Position = origin;
        return plain.Head is [0x1F, 0x8B, ..] ? new DataSource(new GzipContent(seekable, origin, limits).Open, -1) : plain;
    }

    private static MemoryStream Copy(Stream stream, long limit)
    {
        MemoryStream copy = new();
        byte[] block = new byte[1 << 16];
        long most = Math.Min(limit, Array.MaxLength - block.Length);
        int got;
        while ((got = stream.Read(block)) > 0)
        {
            copy.Write(block, 0, got);
            if (copy.Length > most)
            {
                throw new InputException($"The data is larger than {most:N0} bytes.");
            }
        }

        copy.Position = 0;
        return copy;
    }
}
