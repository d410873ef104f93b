namespace Governance.Registry.Backups;

/// <summary>Two streams read one after the other.</summary>
internal sealed class HeadedStream(Stream head, Stream rest) : Stream
{
    private bool headDone;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!headDone)
        {
            int got = await head.ReadAsync(buffer, cancellationToken);
            if (got > 0 || buffer.Length == 0)
            {
                return got;
            }

            headDone = true;
        }

        return await rest.ReadAsync(buffer, cancellationToken);
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int got = headDone ? 0 : head.Read(buffer, offset, count);
        headDone |= got == 0 && count > 0;
        return got > 0 || count == 0 ? got : rest.Read(buffer, offset, count);
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
