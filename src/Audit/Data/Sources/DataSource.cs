using System.IO.Compression;

namespace Governance.Audit.Data.Sources;

/// <summary>The bytes of a data file, unpacked if they are gzip, readable more than once.</summary>
internal sealed class DataSource : IDisposable
{
    private const int HeadBytes = 512;

    private readonly Stream stream;
    private readonly MemoryStream? copy;
    private readonly long origin;
    private readonly DataLimits limits;
    private readonly bool isGzip;

    /// <summary>Takes a stream from its current position; it is not disposed.</summary>
    /// <exception cref="InputException">It is larger than the limit.</exception>
    public DataSource(Stream stream, DataLimits limits)
    {
        this.limits = limits;
        if (!stream.CanSeek)
        {
            copy = Copy(stream, limits.Bytes);
        }

        this.stream = copy ?? stream;
        origin = this.stream.Position;
        isGzip = ReadHead(this.stream) is [0x1F, 0x8B, ..];
        using Stream plain = Open();
        Head = ReadHead(plain);
    }

    /// <summary>The first bytes of what is inside, at most 512.</summary>
    public byte[] Head { get; }

    /// <summary>Whether the bytes come out of a gzip file.</summary>
    public bool IsGzip => isGzip;

    /// <summary>The number of bytes, or -1 where unpacking will tell.</summary>
    public long Length => isGzip ? -1 : stream.Length - origin;

    /// <summary>Opens the bytes from the beginning.</summary>
    public Stream Open()
    {
        stream.Position = origin;
        return isGzip
            ? new UnpackedStream(
                new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true), "gzip file", () => stream.Position - origin, limits)
            : new OpenedStream(stream);
    }

    /// <summary>The bytes themselves, from the beginning, for formats that must be sought in; null for gzip.</summary>
    public Stream? Seekable()
    {
        stream.Position = origin;
        return isGzip ? null : stream;
    }

    public void Dispose() => copy?.Dispose();

    private static byte[] ReadHead(Stream stream)
    {
        byte[] head = new byte[HeadBytes];
        int got = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return head[..got];
    }

    private static MemoryStream Copy(Stream stream, long limit)
    {
        MemoryStream copy = new();
        byte[] block = new byte[1 << 16];
        int got;
        while ((got = stream.Read(block)) > 0)
        {
            copy.Write(block, 0, got);
            if (copy.Length > Math.Min(limit, Array.MaxLength - block.Length))
            {
                throw new InputException($"The data is larger than {Math.Min(limit, Array.MaxLength):N0} bytes.");
            }
        }

        copy.Position = 0;
        return copy;
    }
}
