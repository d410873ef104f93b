using System.Security.Cryptography;

namespace Governance.Registry.Uploads;

/// <summary>The bytes of a staged file in the clear, as a stream that can be positioned; every piece is checked as it is read.</summary>
/// <remarks>Holds one piece of at most 1 MiB in memory. Not for two threads at once.</remarks>
internal sealed class StagedReader : Stream
{
    private readonly FileStream file;
    private readonly AesGcm cipher;
    private readonly UploadId id;
    private readonly StagedFrames frames;
    private readonly byte[] piece = new byte[StagedFrames.MostLength];
    private int held = -1;
    private long position;

    /// <summary>Takes over the file and the cipher, and disposes both.</summary>
    public StagedReader(FileStream file, AesGcm cipher, UploadId id, StagedFrames frames)
    {
        this.file = file;
        this.cipher = cipher;
        this.id = id;
        this.frames = frames;
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => frames.Offset;

    public override long Position
    {
        get => position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            position = value;
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <exception cref="InvalidDataException">The bytes on disk are not those that were written.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length == 0 || position >= Length)
        {
            return 0;
        }

        Hold(position);
        StagedFrame frame = frames.All[held];
        int from = (int)(position - frame.Offset);
        int count = Math.Min(buffer.Length, frame.Length - from);
        piece.AsSpan(from, count).CopyTo(buffer);
        position += count;
        return count;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(buffer.Span));
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            CryptographicOperations.ZeroMemory(piece);
            cipher.Dispose();
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Hold(long at)
    {
        if (held >= 0 && frames.All[held] is var now && at >= now.Offset && at < now.Offset + now.Length)
        {
            return;
        }

        int found = held + 1 < frames.All.Count && frames.All[held + 1].Offset == at ? held + 1 : Find(at);
        held = -1;
        try
        {
            StagedFrames.Read(file, cipher, id, frames.All[found], piece.AsSpan(0, frames.All[found].Length));
        }
        catch (AuthenticationTagMismatchException fault)
        {
            throw new InvalidDataException("A piece of this upload was changed on disk.", fault);
        }

        held = found;
    }

    // The last frame that begins at or before a byte.
    private int Find(long at)
    {
        int low = 0;
        int high = frames.All.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = frames.All[middle].Offset <= at ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
