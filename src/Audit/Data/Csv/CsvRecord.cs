using System.Text;
using System.Text.Unicode;
using Governance.Audit.Data.Sources;

namespace Governance.Audit.Data.Csv;

/// <summary>One record of a CSV file read the slow and exact way: the header, and whatever was found to be wrong.</summary>
/// <param name="Cells">The cells with their quotes resolved.</param>
/// <param name="Length">Bytes of the record with its line end.</param>
/// <param name="Lines">Lines that it takes.</param>
internal sealed record CsvRecord(IReadOnlyList<byte[]> Cells, int Length, int Lines)
{
    private const string QuoteInside =
        "has a quote in the middle of a cell; a cell with quotes is written in quotes, with each of them doubled";

    /// <summary>Whether it is an empty line.</summary>
    public bool IsBlank => Cells is [{ Length: 0 }];

    /// <summary>Reads a record.</summary>
    /// <param name="bytes">From the record's first byte on.</param>
    /// <param name="isAll">Whether nothing follows these bytes.</param>
    /// <param name="lineEnd">LF, or CR for files that use it alone.</param>
    /// <param name="line">The record's line, for the sentence.</param>
    /// <param name="limits">Bounds the record.</param>
    /// <returns>Null where more bytes are needed.</returns>
    /// <exception cref="InputException">The record breaks a rule; the sentence names the line.</exception>
    public static CsvRecord? Read(ReadOnlySpan<byte> bytes, bool isAll, byte lineEnd, long line, DataLimits limits)
    {
        int length = QuotedRecord.Length(bytes, isAll, lineEnd);
        if (length < 0)
        {
            if (!isAll && bytes.Length <= limits.LineBytes)
            {
                return null;
            }

            int last = bytes.LastIndexOf((byte)'"');
            Check(bytes[..Math.Min(bytes.Length, limits.LineBytes)], lineEnd, line, isWhole: false);
            throw last < 0 ? TooLong(line, limits)
                : DataFault.At(line, OpensInside(bytes, lineEnd) ? QuoteInside : "opens a quote that is never closed");
        }

        if (length > limits.LineBytes)
        {
            throw TooLong(line, limits);
        }

        ReadOnlySpan<byte> record = bytes[..length];
        Check(record, lineEnd, line, isWhole: true);
        if (lineEnd == (byte)'\n' && record.Length > 0 && record[^1] == (byte)'\r')
        {
            record = record[..^1];
        }

        List<byte[]> cells = [];
        byte[] cell = new byte[record.Length];
        for (int at = 0; ; at++)
        {
            int written = 0;
            if (!QuotedRecord.TryCell(record, ref at, cell, ref written))
            {
                throw DataFault.At(line, QuoteInside);
            }

            cells.Add(cell.AsSpan(0, written).ToArray());
            if (at == record.Length)
            {
                return new CsvRecord(cells, Math.Min(length + 1, bytes.Length), 1 + record.Count(lineEnd));
            }
        }
    }

    private static InputException TooLong(long line, DataLimits limits) => DataFault.At(line, $"is longer than {limits.LineBytes:N0} bytes");

    // Whether the quote that never closes stood in the middle of a cell, which is the better explanation.
    private static bool OpensInside(ReadOnlySpan<byte> bytes, byte lineEnd)
    {
        int quote = bytes.IndexOf((byte)'"');
        return quote > 0 && bytes[quote - 1] != (byte)',' && bytes[quote - 1] != lineEnd;
    }

    private static void Check(ReadOnlySpan<byte> record, byte lineEnd, long line, bool isWhole)
    {
        int nul = record.IndexOf((byte)0);
        if (nul >= 0)
        {
            throw DataFault.At(line + record[..nul].Count(lineEnd), "holds a NUL byte; this is no text file");
        }

        if (isWhole && !Utf8.IsValid(record))
        {
            throw TextEncodings.Fault(record, line, lineEnd);
        }

        // With CR for a line end, an LF outside quotes would silently join two lines.
        if (lineEnd == (byte)'\r' && !record.Contains((byte)'"') && record.Contains((byte)'\n'))
        {
            throw DataFault.At(line, "mixes line ends: the header ends in CR alone, this line holds LF");
        }
    }

    /// <summary>A cell as text.</summary>
    public string Text(int cell) => Encoding.UTF8.GetString(Cells[cell]);
}
