using Governance.Audit.Traffic.Chunks;

namespace Governance.Audit.Traffic.Summaries;

/// <summary>What was counted of a chunk of a day, as the bytes of a file: the day with quantiles, its hours without.</summary>
/// <param name="Layout">How columns were counted.</param>
/// <param name="Day">All rows.</param>
/// <param name="Hours">By hour of the day, 0 to 23; hours without a row are absent.</param>
internal sealed record SummaryFile(SummaryLayout Layout, SummaryCell Day, IReadOnlyDictionary<int, SummaryCell> Hours)
{
    private const long HourMicros = TimeSpan.TicksPerHour / TimeSpan.TicksPerMicrosecond;

    private static ReadOnlySpan<byte> Magic => "GOVSUM1\n"u8;

    /// <summary>Counts the rows of one UTC day.</summary>
    /// <param name="layout">Knows every column of the rows.</param>
    /// <param name="rows">In the order of their times.</param>
    public static SummaryFile Of(SummaryLayout layout, DayRows rows)
    {
        SummaryCell day = new(true);
        day.Add(layout, rows, 0, rows.Rows);
        SortedDictionary<int, SummaryCell> hours = [];
        for (int from = 0; from < rows.Rows;)
        {
            long hour = rows.Times[from] / HourMicros;
            int to = from + 1;
            while (to < rows.Rows && rows.Times[to] / HourMicros == hour)
            {
                to++;
            }

            SummaryCell cell = new(false);
            cell.Add(layout, rows, from, to - from);
            hours[(int)(hour % 24)] = cell.Finish();
            from = to;
        }

        return new SummaryFile(layout, day.Finish(), hours);
    }

    /// <summary>As bytes.</summary>
    /// <param name="chunk">The chunk's id.</param>
    public ReadOnlyMemory<byte> Write(Guid chunk)
    {
        ByteSink sink = new();
        sink.Bytes(Magic);
        sink.Bytes(chunk.ToByteArray());
        Layout.Write(sink);
        Day.Write(sink, Layout);
        sink.Count(Hours.Count);
        foreach ((int hour, SummaryCell cell) in Hours)
        {
            sink.Byte((byte)hour);
            cell.Write(sink, Layout);
        }

        return sink.Written;
    }

    /// <summary>Reads the layout alone.</summary>
    public static SummaryLayout ReadLayout(ReadOnlySpan<byte> bytes)
    {
        ByteSource source = Begin(bytes);
        return SummaryLayout.Read(ref source);
    }

    /// <summary>Reads it.</summary>
    /// <param name="bytes">The file in the clear.</param>
    /// <param name="hours">Whether the hours are wanted.</param>
    public static SummaryFile Read(ReadOnlySpan<byte> bytes, bool hours)
    {
        ByteSource source = Begin(bytes);
        SummaryLayout layout = SummaryLayout.Read(ref source);
        SummaryCell day = SummaryCell.Read(ref source, layout);
        Dictionary<int, SummaryCell> cells = [];
        for (int left = hours ? source.Count() : 0; left > 0; left--)
        {
            int hour = source.Byte();
            cells[hour] = SummaryCell.Read(ref source, layout);
        }

        return new SummaryFile(layout, day, cells);
    }

    private static ByteSource Begin(ReadOnlySpan<byte> bytes)
    {
        ByteSource source = new(bytes);
        if (!source.Bytes(Magic.Length).SequenceEqual(Magic))
        {
            throw new InvalidDataException("This is no summary.");
        }

        source.Skip(16);
        return source;
    }
}
