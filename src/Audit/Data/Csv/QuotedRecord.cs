namespace Governance.Audit.Data.Csv;

/// <summary>The parts of a CSV record that may hold quotes.</summary>
internal static class QuotedRecord
{
    /// <summary>Bytes up to the line end that is outside quotes (without it), or -1 where more bytes are needed.</summary>
    /// <param name="bytes">What is left of the stream, from the record's first byte.</param>
    /// <param name="isAll">Whether nothing follows.</param>
    /// <param name="lineEnd">LF or CR.</param>
    public static int Length(ReadOnlySpan<byte> bytes, bool isAll, byte lineEnd)
    {
        int at = 0;
        bool quoted = false;
        while (true)
        {
            int step = quoted ? bytes[at..].IndexOf((byte)'"') : bytes[at..].IndexOfAny((byte)'"', lineEnd);
            if (step < 0)
            {
                return isAll && !quoted ? bytes.Length : -1;
            }

            at += step;
            if (!quoted && bytes[at] == lineEnd)
            {
                return at;
            }

            // A doubled quote closes and opens again, which comes to the same for finding the end.
            quoted = !quoted;
            at++;
        }
    }

    /// <summary>Reads one cell.</summary>
    /// <param name="record">The record, without its line end.</param>
    /// <param name="at">Where the cell begins; afterwards at the comma behind it or at the end.</param>
    /// <param name="cell">Takes the cell's bytes, quotes resolved.</param>
    /// <param name="written">The bytes of <paramref name="cell"/> in use.</param>
    /// <returns>False where a quote stands inside an unquoted cell, or text follows a closing quote.</returns>
    public static bool TryCell(ReadOnlySpan<byte> record, ref int at, Span<byte> cell, ref int written)
    {
        if (at == record.Length || record[at] != (byte)'"')
        {
            int comma = record[at..].IndexOf((byte)',');
            ReadOnlySpan<byte> plain = comma < 0 ? record[at..] : record.Slice(at, comma);
            plain.CopyTo(cell[written..]);
            written += plain.Length;
            at += plain.Length;
            return !plain.Contains((byte)'"');
        }

        at++;
        while (true)
        {
            int quote = record[at..].IndexOf((byte)'"');
            if (quote < 0)
            {
                return false;
            }

            record.Slice(at, quote).CopyTo(cell[written..]);
            written += quote;
            at += quote + 1;
            if (at == record.Length || record[at] != (byte)'"')
            {
                return at == record.Length || record[at] == (byte)',';
            }

            cell[written++] = (byte)'"';
            at++;
        }
    }
}
