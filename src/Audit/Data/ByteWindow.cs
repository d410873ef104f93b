namespace Governance.Audit.Data;

/// <summary>The part of a stream that is in memory: bytes are taken at its front and read at its end.</summary>
internal sealed class ByteWindow
{
    private readonly Stream stream;
    private readonly long most;
    private byte[] buffer = new byte[1 << 18];
    private int start;
    private int end;
    private long read;

    /// <summary>Opens a window and reads the first bytes.</summary>
    /// <param name="stream">Read to its end, not disposed.</param>
    /// <param name="most">The most bytes in all.</param>
    public ByteWindow(Stream stream, long most)
    {
        this.stream = stream;
        this.most = most;
        Fill();
    }

    /// <summary>Whether the stream has no more bytes.</summary>
    public bool Ended { get; private set; }

    /// <summary>The bytes not taken yet.</summary>
    public ReadOnlySpan<byte> Bytes => buffer.AsSpan(start, end - start);

    /// <summary>Where they stand in <see cref="Buffer"/>.</summary>
    public int Start => start;

    /// <summary>Holds the bytes until the next <see cref="Fill"/>.</summary>
    public byte[] Buffer => buffer;

    /// <summary>Takes bytes; they stay in place until the next <see cref="Fill"/>.</summary>
    public void Take(int count) => start += count;

    /// <summary>Reads more, moving what is left to the front and growing where it fills the buffer.</summary>
    /// <exception cref="InputException">The stream is larger than allowed.</exception>
    public void Fill()
    {
        if (start > 0)
        {
            Bytes.CopyTo(buffer);
            end -= start;
            start = 0;
        }

        if (end == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        int got = stream.Read(buffer, end, buffer.Length - end);
        Ended = got == 0;
        end += got;
        read += got;
        if (read > most)
        {
            throw new InputException($"The data is larger than {most:N0} bytes.");
        }
    }
}
