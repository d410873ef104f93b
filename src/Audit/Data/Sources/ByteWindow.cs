namespace Governance.Audit.Data.Sources;

/// <summary>The part of a stream that is in memory: bytes are taken at its front and read at its end.</summary>
internal sealed class ByteWindow
{
    /// <summary>Readable bytes behind the last, so that whole vectors and words can be read past it.</summary>
    public const int Slack = 64;

    private readonly Stream stream;
    private readonly long most;
    private byte[] buffer;
    private long read;

    /// <summary>Opens a window, reads the first bytes, and takes a byte order mark.</summary>
    /// <param name="stream">Read to its end, not disposed.</param>
    /// <param name="size">Bytes at first; it doubles where a record needs it.</param>
    /// <param name="limits">The most bytes in all.</param>
    /// <exception cref="InputException">The stream is larger than allowed.</exception>
    public ByteWindow(Stream stream, int size, DataLimits limits)
    {
        this.stream = stream;
        most = limits.Bytes;
        buffer = new byte[size + Slack];
        ReadOnlySpan<byte> bom = [0xEF, 0xBB, 0xBF];
        while (End < bom.Length && !Ended)
        {
            Fill();
        }

        Start = Bytes.StartsWith(bom) ? bom.Length : 0;
    }

    /// <summary>Holds the bytes until the next <see cref="Fill"/>.</summary>
    public byte[] Buffer => buffer;

    /// <summary>Where the bytes that were not taken begin; set back to look at some again.</summary>
    public int Start { get; set; }

    /// <summary>Where they end.</summary>
    public int End { get; private set; }

    /// <summary>Whether the stream has no more.</summary>
    public bool Ended { get; private set; }

    /// <summary>The bytes that were not taken.</summary>
    public ReadOnlySpan<byte> Bytes => buffer.AsSpan(Start, End - Start);

    /// <summary>Reads more, moving what is left to the front and growing where that fills the buffer.</summary>
    /// <exception cref="InputException">The stream is larger than allowed.</exception>
    public void Fill()
    {
        if (Start > 0)
        {
            Bytes.CopyTo(buffer);
            End -= Start;
            Start = 0;
        }

        Room();
        int got = stream.ReadAtLeast(buffer.AsSpan(End, buffer.Length - Slack - End), 1, throwOnEndOfStream: false);
        Ended = got == 0;
        End += got;
        read += got;
        if (read > most)
        {
            throw new InputException($"The data is larger than {most:N0} bytes.");
        }
    }

    /// <summary>Adds a byte behind the last, as if the stream had held it.</summary>
    public void Append(byte last)
    {
        Room();
        buffer[End++] = last;
    }

    private void Room()
    {
        if (End == buffer.Length - Slack)
        {
            Array.Resize(ref buffer, (2 * End) + Slack);
        }
    }
}
