using Governance.Audit.Data.Sources;

namespace Governance.Audit.Data.Json;

/// <summary>Reads a stream line by line; lines end in LF or CRLF, and a byte order mark is skipped.</summary>
/// <param name="stream">Read to its end, not disposed.</param>
/// <param name="limits">Bounds the lines and the whole.</param>
internal sealed class LineReader(Stream stream, DataLimits limits)
{
    private readonly ByteWindow window = new(stream, 1 << 16, limits);

    /// <summary>The number of the current line, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Reads the next line.</summary>
    /// <param name="line">Its bytes without the line end, valid until the next one is read.</param>
    /// <returns>False at the end.</returns>
    /// <exception cref="InputException">It is longer than allowed.</exception>
    public bool Next(out ReadOnlySpan<byte> line)
    {
        int length;
        while ((length = window.Bytes.IndexOf((byte)'\n')) < 0 && !window.Ended && window.Bytes.Length <= limits.LineBytes)
        {
            window.Fill();
        }

        bool isLast = length < 0;
        line = isLast ? window.Bytes : window.Bytes[..length];
        Line++;
        if (line.Length > limits.LineBytes)
        {
            throw DataFault.At(Line, $"is longer than {limits.LineBytes:N0} bytes");
        }

        bool isThere = !isLast || !line.IsEmpty;
        window.Start += isLast ? line.Length : length + 1;
        line = line.EndsWith("\r"u8) ? line[..^1] : line;
        return isThere;
    }

    /// <summary>Whether nothing but line ends and blanks follows.</summary>
    public bool AtEnd()
    {
        while (window.Bytes.TrimStart(" \t\r\n"u8).IsEmpty)
        {
            window.Start = window.End;
            if (window.Ended)
            {
                return true;
            }

            window.Fill();
        }

        return false;
    }
}
