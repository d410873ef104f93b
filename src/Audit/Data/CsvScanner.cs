using System.Text.Unicode;

namespace Governance.Audit.Data;

/// <summary>Cuts a stream of bytes into the records and cells of RFC 4180, without making strings.</summary>
/// <remarks>
/// Lines end in LF or CRLF. A quote may only open a cell, and is doubled inside one. Refused with the line: NUL, bytes
/// that are not UTF-8, a lone CR, a quote inside an unquoted cell or never closed, records over the limit.
/// </remarks>
internal sealed class CsvScanner
{
    private const string QuoteInside =
        "has a quote in the middle of a cell; a cell with quotes is written in quotes, with each of them doubled";

    private readonly CsvLimits limits;
    private readonly ByteWindow window;
    private byte[] unquoted = [];
    private int[] bounds = new int[64];
    private byte[] source;
    private long nextLine = 1;

    public CsvScanner(Stream stream, CsvLimits limits)
    {
        this.limits = limits;
        window = new ByteWindow(stream, limits.Bytes);
        source = window.Buffer;
        ReadOnlySpan<byte> bom = [0xEF, 0xBB, 0xBF];
        window.Take(window.Bytes.StartsWith(bom) ? bom.Length : 0);
    }

    /// <summary>The line on which the current record begins, 1 for the first.</summary>
    public long Line { get; private set; }

    /// <summary>The cells of the current record.</summary>
    public int Cells { get; private set; }

    /// <summary>Whether nothing but line ends follows the current record.</summary>
    public bool AtEnd
    {
        get
        {
            while (window.Bytes.IndexOfAnyExcept((byte)'\n', (byte)'\r') < 0 && !window.Ended)
            {
                window.Fill();
            }

            return window.Bytes.IndexOfAnyExcept((byte)'\n', (byte)'\r') < 0;
        }
    }

    /// <summary>One cell of the current record, unquoted; valid until the next record is read.</summary>
    public ReadOnlySpan<byte> Cell(int index) => source.AsSpan(bounds[2 * index], bounds[(2 * index) + 1]);

    /// <summary>Reads the next record.</summary>
    /// <returns>False at the end of the stream.</returns>
    /// <exception cref="InputException">The bytes break a rule; the sentence names the line.</exception>
    public bool Next()
    {
        Line = nextLine;
        int length;
        while ((length = window.Bytes.IndexOf((byte)'\n')) < 0 && !window.Ended)
        {
            if (window.Bytes.Length > limits.LineBytes)
            {
                throw Fault($"is longer than {limits.LineBytes:N0} bytes");
            }

            window.Fill();
        }

        if (length < 0 && window.Bytes.IsEmpty)
        {
            return false;
        }

        bool last = length < 0;
        length = last ? window.Bytes.Length : length;
        ReadOnlySpan<byte> record = window.Bytes[..length];
        if (record.Contains((byte)'"'))
        {
            NextQuoted();
            return true;
        }

        Check(record);
        Split(window.Start, TrimEnd(record).Length);
        window.Take(last ? length : length + 1);
        nextLine++;
        return true;
    }

    /// <summary>A refusal that names the current line.</summary>
    public InputException Fault(string what, string? column = null)
    {
        long line = Line == 0 ? 1 : Line;
        return new InputException($"Line {line} of the data {what}.") { Line = line, Column = column };
    }

    private void Split(int from, int length)
    {
        source = window.Buffer;
        Cells = 0;
        ReadOnlySpan<byte> rest = source.AsSpan(from, length);
        while (true)
        {
            int comma = rest.IndexOf((byte)',');
            if (comma < 0)
            {
                AddCell(from, rest.Length);
                return;
            }

            AddCell(from, comma);
            from += comma + 1;
            rest = rest[(comma + 1)..];
        }
    }

    private void NextQuoted()
    {
        int length;
        while ((length = QuotedRecord.Length(window.Bytes, window.Ended)) < 0)
        {
            if (window.Ended || window.Bytes.Length > limits.LineBytes)
            {
                throw Fault(window.Bytes.IndexOf((byte)'"') is > 0 and int quote && window.Bytes[quote - 1] != (byte)','
                    ? QuoteInside : "opens a quote that is never closed");
            }

            window.Fill();
        }

        ReadOnlySpan<byte> record = window.Bytes[..length];
        Check(record);
        if (unquoted.Length < length)
        {
            unquoted = new byte[Math.Max(length, 1 << 12)];
        }

        source = unquoted;
        Cells = 0;
        int written = 0;
        int at = 0;
        while (true)
        {
            int from = written;
            if (!QuotedRecord.TryCell(record, ref at, unquoted, ref written))
            {
                throw Fault(QuoteInside);
            }

            AddCell(from, written - from);
            if (at == record.Length)
            {
                break;
            }

            at++;
        }

        int broken = record.Count((byte)'\n');
        window.Take(length);
        window.Take(window.Bytes.StartsWith("\r\n"u8) ? 2 : window.Bytes.IsEmpty ? 0 : 1);
        nextLine += broken + 1;
    }

    private void AddCell(int from, int length)
    {
        if (Cells * 2 == bounds.Length)
        {
            if (Cells > limits.Columns)
            {
                throw Fault($"has more than {limits.Columns:N0} cells");
            }

            Array.Resize(ref bounds, bounds.Length * 2);
        }

        bounds[2 * Cells] = from;
        bounds[(2 * Cells) + 1] = length;
        Cells++;
    }

    private void Check(ReadOnlySpan<byte> record)
    {
        if (record.Length > limits.LineBytes)
        {
            throw Fault($"is longer than {limits.LineBytes:N0} bytes");
        }

        if (record.Contains((byte)0))
        {
            throw Fault("holds a NUL byte; this is no text file");
        }

        if (!Utf8.IsValid(record))
        {
            throw Fault("is not UTF-8; save the file as UTF-8 and try again");
        }

        if (TrimEnd(record).Contains((byte)'\r') && !record.Contains((byte)'"'))
        {
            throw Fault("holds a carriage return without a line feed; lines end in LF or CRLF");
        }
    }

    private static ReadOnlySpan<byte> TrimEnd(ReadOnlySpan<byte> record) =>
        record.Length > 0 && record[^1] == (byte)'\r' ? record[..^1] : record;
}
