namespace Governance.Audit.Data.Sources;

/// <summary>
/// What comes out of an archive, counted as it comes out, because the size that an archive declares may be a lie.
/// </summary>
/// <param name="inner">The unpacking stream; disposed.</param>
/// <param name="name">What the archive is called in sentences, such as "gzip file".</param>
/// <param name="packed">The packed bytes taken in so far.</param>
/// <param name="limits">The ratio and the total.</param>
internal sealed class UnpackedStream(Stream inner, string name, Func<long> packed, DataLimits limits) : ForwardStream
{
    private long total;

    public override int Read(Span<byte> buffer)
    {
        try
        {
            int got = inner.Read(buffer);
            total += got;
            return total > limits.Bytes ? throw new InputException($"The {name} unpacks to more than {limits.Bytes:N0} bytes.")
                : total > limits.FreeBytes && total > limits.PackedRatio * packed()
                ? throw new InputException(
                    $"The {name} unpacks to more than {limits.PackedRatio} times its size; it is refused as a bomb.") { Line = 1 }
                : got;
        }
        catch (InvalidDataException fault)
        {
            throw new InputException($"The {name} is damaged.", fault) { Line = 1 };
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}

/// <summary>A stream as it is, left open when this is disposed.</summary>
/// <param name="inner">Not disposed.</param>
internal sealed class OpenedStream(Stream inner) : ForwardStream
{
    public override int Read(Span<byte> buffer) => inner.Read(buffer);
}

/// <summary>A stream that is only read, from front to back.</summary>
internal abstract class ForwardStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public abstract override int Read(Span<byte> buffer);

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
