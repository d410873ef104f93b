namespace Governance.Audit.Data.Json;

/// <summary>Reads a stream line by line; lines end in LF or CRLF.</summary>
internal sealed class LineReader
{
    private readonly Stream stream;
    private readonly DataLimits limits;
    private byte[] buffer = new byte[1 << 16];
    private int start;
    private int end;
    private bool ended;
    private long read;

    /// <summary>Opens a stream; a byte order mark is skipped.</summary>
    public LineReader(Stream stream, DataLimits limits)
    {
        this.stream = stream;
        this.limits = limits;
        while (end < 3 && !ended)
        {
            Fill();
        }

        ReadOnlySpan<byte> bom = [0xEF, 0xBB, 0xBF];
        start = buffer.AsSpan(0, end).StartsWith(bom) ? bom.Length : 0;
    }

    /// <summary>The number of the current line, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Reads the next line.</summary>
    /// <param name="line">Its bytes without the line end, valid until the next one is read.</param>
    /// <returns>False at the end.</returns>
    /// <exception cref="InputException">It is longer than allowed.</exception>
    public bool Next(out ReadOnlySpan<byte> line)
    {
        int length;
        while ((length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n')) < 0 && !ended && end - start <= limits.LineBytes)
        {
            Fill();
        }

        bool isLast = length < 0;
        length = isLast ? end - start : length;
        Line++;
        if (length > limits.LineBytes)
        {
            throw DataFault.At(Line, $"is longer than {limits.LineBytes:N0} bytes");
        }

        line = buffer.AsSpan(start, length > 0 && buffer[start + length - 1] == (byte)'\r' ? length - 1 : length);
        start += isLast ? length : length + 1;
        return !isLast || length > 0;
    }

    /// <summary>Whether nothing but line ends and blanks follows.</summary>
    public bool AtEnd()
    {
        while (buffer.AsSpan(start, end - start).TrimStart(" \t\r\n"u8).IsEmpty)
        {
            start = end;
            if (ended)
            {
                return true;
            }

            Fill();
        }

        return false;
    }

    private void Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            end -= start;
            start = 0;
        }

        if (end == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        int got = stream.Read(buffer, end, buffer.Length - end);
        ended = got == 0;
        end += got;
        read += got;
        if (read > limits.Bytes)
        {
            throw new InputException($"The data is larger than {limits.Bytes:N0} bytes.");
        }
    }
}
