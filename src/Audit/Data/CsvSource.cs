using System.IO.Compression;

namespace Governance.Audit.Data;

/// <summary>The bytes of a CSV file, unpacked if they are gzip, readable more than once.</summary>
internal sealed class CsvSource : IDisposable
{
    private const long FreeBytes = 64 << 20;

    private readonly Stream stream;
    private readonly MemoryStream? copy;
    private readonly long origin;
    private readonly CsvLimits limits;
    private readonly bool isGzip;

    /// <summary>Takes a stream from its current position; it is not disposed.</summary>
    /// <exception cref="InputException">It is larger than the limit, or a zip archive.</exception>
    public CsvSource(Stream stream, CsvLimits limits)
    {
        this.limits = limits;
        if (!stream.CanSeek)
        {
            copy = Copy(stream, limits.Bytes);
        }

        this.stream = copy ?? stream;
        origin = this.stream.Position;
        Span<byte> head = stackalloc byte[4];
        int got = this.stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        isGzip = got >= 2 && head[0] == 0x1F && head[1] == 0x8B;
        if (got == 4 && head.SequenceEqual("PK\x03\x04"u8))
        {
            throw new InputException("The data is a zip archive or a spreadsheet, not CSV; save it as CSV first.") { Line = 1 };
        }
    }

    /// <summary>Opens the bytes from the beginning.</summary>
    public Stream Open()
    {
        stream.Position = origin;
        return isGzip
            ? new Unpacked(new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true), (stream.Length - origin) * limits.GzipRatio)
            : new Unpacked(stream, long.MaxValue, leaveOpen: true);
    }

    public void Dispose() => copy?.Dispose();

    private static MemoryStream Copy(Stream stream, long limit)
    {
        MemoryStream copy = new();
        byte[] block = new byte[1 << 16];
        int got;
        while ((got = stream.Read(block)) > 0)
        {
            copy.Write(block, 0, got);
            if (copy.Length > Math.Min(limit, int.MaxValue - block.Length))
            {
                throw new InputException($"The data is larger than {limit:N0} bytes.");
            }
        }

        copy.Position = 0;
        return copy;
    }

    // Counts what comes out, because the size that a gzip file declares may be a lie.
    private sealed class Unpacked(Stream inner, long most, bool leaveOpen = false) : Stream
    {
        private long total;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            try
            {
                int got = inner.Read(buffer, offset, count);
                total += got;
                return total <= FreeBytes || total <= most
                    ? got
                    : throw new InputException("The gzip file unpacks to far more than its size; it is refused as a bomb.");
            }
            catch (InvalidDataException fault)
            {
                throw new InputException("The gzip file is damaged.", fault);
            }
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing && !leaveOpen)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
