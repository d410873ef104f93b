using System.Text.Unicode;

namespace Governance.Audit.Data;

/// <summary>Cuts a stream of bytes into the records and cells of RFC 4180, without making strings.</summary>
/// <remarks>
/// Lines end in LF or CRLF. A quote may only open a cell, and is doubled inside one. Refused with the line: NUL, bytes
/// that are not UTF-8, a lone CR, a quote inside an unquoted cell or never closed, records over the limit.
/// </remarks>
internal sealed class CsvScanner
{
    private readonly Stream stream;
    private readonly CsvLimits limits;
    private byte[] buffer = new byte[1 << 18];
    private byte[] unquoted = [];
    private int[] bounds = new int[64];
    private byte[] source;
    private int start;
    private int end;
    private bool ended;
    private long read;
    private long nextLine = 1;

    public CsvScanner(Stream stream, CsvLimits limits)
    {
        this.stream = stream;
        this.limits = limits;
        source = buffer;
        Fill();
        ReadOnlySpan<byte> bom = [0xEF, 0xBB, 0xBF];
        start = buffer.AsSpan(0, end).StartsWith(bom) ? 3 : 0;
    }

    /// <summary>The line on which the current record begins, 1 for the first.</summary>
    public long Line { get; private set; }

    /// <summary>The cells of the current record.</summary>
    public int Cells { get; private set; }

    /// <summary>Whether nothing but line ends follows the current record.</summary>
    public bool AtEnd => Remaining().IndexOfAnyExcept((byte)'\n', (byte)'\r') < 0 && (ended || IsAllBlank());

    /// <summary>One cell of the current record, unquoted; valid until the next record is read.</summary>
    public ReadOnlySpan<byte> Cell(int index) => source.AsSpan(bounds[2 * index], bounds[(2 * index) + 1]);

    /// <summary>Reads the next record.</summary>
    /// <returns>False at the end of the stream.</returns>
    /// <exception cref="InputException">The bytes break a rule; the sentence names the line.</exception>
    public bool Next()
    {
        Line = nextLine;
        int length;
        while ((length = Remaining().IndexOf((byte)'\n')) < 0 && !ended)
        {
            if (end - start > limits.LineBytes)
            {
                throw Fault($"is longer than {limits.LineBytes:N0} bytes");
            }

            Fill();
        }

        if (length < 0 && start == end)
        {
            return false;
        }

        bool last = length < 0;
        length = last ? end - start : length;
        ReadOnlySpan<byte> record = buffer.AsSpan(start, length);
        if (record.Contains((byte)'"'))
        {
            NextQuoted();
            return true;
        }

        Check(record);
        start += last ? length : length + 1;
        nextLine++;
        Split(start - length - (last ? 0 : 1), TrimEnd(record).Length);
        return true;
    }

    /// <summary>A refusal that names the current line.</summary>
    public InputException Fault(string what, string? column = null)
    {
        long line = Line == 0 ? 1 : Line;
        return new InputException($"Line {line} of the data {what}.") { Line = line, Column = column };
    }

    private ReadOnlySpan<byte> Remaining() => buffer.AsSpan(start, end - start);

    private bool IsAllBlank()
    {
        while (!ended)
        {
            Fill();
            if (Remaining().IndexOfAnyExcept((byte)'\n', (byte)'\r') >= 0)
            {
                return false;
            }
        }

        return true;
    }

    private void Split(int from, int length)
    {
        source = buffer;
        Cells = 0;
        ReadOnlySpan<byte> rest = buffer.AsSpan(from, length);
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
        while ((length = QuotedRecord.Length(Remaining(), ended)) < 0)
        {
            if (ended || end - start > limits.LineBytes)
            {
                throw Fault("opens a quote that is never closed");
            }

            Fill();
        }

        ReadOnlySpan<byte> record = buffer.AsSpan(start, length);
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
                throw Fault("has a quote in the middle of a cell; a cell with quotes is written in quotes, with each of them doubled");
            }

            AddCell(from, written - from);
            if (at == record.Length)
            {
                break;
            }

            at++;
        }

        int broken = record.Count((byte)'\n');
        start += length;
        start += start < end && buffer[start] == (byte)'\r' ? 1 : 0;
        start += start < end && buffer[start] == (byte)'\n' ? 1 : 0;
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
