using Governance.Audit.Data;

namespace Governance.Audit.Traffic.Chunks;

/// <summary>Rows of a day as the bytes of a file: digests of the rows, times as differences, ids, columns.</summary>
/// <remarks>The chunk's id stands first, so that no two files are alike and destroying one never destroys another.</remarks>
internal static class RowsFile
{
    private static ReadOnlySpan<byte> Magic => "GOVROW1\n"u8;

    /// <summary>Writes rows.</summary>
    /// <param name="chunk">The chunk's id.</param>
    /// <param name="rows">In the order of their times.</param>
    public static ReadOnlyMemory<byte> Write(Guid chunk, DayRows rows)
    {
        ByteSink sink = new();
        sink.Bytes(Magic);
        sink.Bytes(chunk.ToByteArray());
        sink.Count(rows.Rows);
        sink.Array<ulong>(rows.Prints.Ids);
        sink.Array<ulong>(rows.Prints.Contents);
        long before = 0;
        foreach (long time in rows.Times)
        {
            sink.Small(time - before);
            before = time;
        }

        Section(sink, part => WriteIds(part, rows.Ids));
        sink.Count(rows.Columns.Count);
        foreach (Column column in rows.Columns)
        {
            sink.Text(column.Name);
            Section(sink, part => ColumnCodec.Write(part, column));
        }

        sink.Count(rows.Scores.Count);
        foreach (ScoreColumn score in rows.Scores)
        {
            sink.Text(score.Class);
            ColumnCodec.Write(sink, score.Values);
        }

        sink.Byte((byte)((rows.Decisions is null ? 0 : 1) | (rows.Latency is null ? 0 : 2)));
        if (rows.Decisions is not null)
        {
            ColumnCodec.Write(sink, rows.Decisions);
        }

        if (rows.Latency is not null)
        {
            ColumnCodec.Write(sink, rows.Latency);
        }

        return sink.Written;
    }

    /// <summary>The digests of the rows alone.</summary>
    public static RowPrints ReadPrints(ReadOnlySpan<byte> bytes)
    {
        ByteSource source = Begin(bytes, out int rows);
        return new RowPrints(source.Array<ulong>(rows), source.Array<ulong>(rows));
    }

    /// <summary>Reads rows.</summary>
    /// <param name="bytes">The file in the clear.</param>
    /// <param name="columns">The columns wanted; null for all.</param>
    public static DayRows Read(ReadOnlySpan<byte> bytes, IReadOnlyCollection<string>? columns)
    {
        ByteSource source = Begin(bytes, out int rows);
        RowPrints prints = new(source.Array<ulong>(rows), source.Array<ulong>(rows));
        long[] times = new long[rows];
        long time = 0;
        for (int row = 0; row < rows; row++)
        {
            times[row] = time += source.Small();
        }

        _ = source.Count();
        string[] ids = ReadIds(ref source, rows);
        List<Column> read = [];
        for (int left = source.Count(); left > 0; left--)
        {
            string name = source.Text();
            int length = source.Count();
            if (columns?.Contains(name) == false)
            {
                source.Skip(length);
            }
            else
            {
                read.Add(ColumnCodec.Read(ref source, name, rows));
            }
        }

        List<ScoreColumn> scores = [];
        for (int left = source.Count(); left > 0; left--)
        {
            string name = source.Text();
            scores.Add(new ScoreColumn(name, ColumnCodec.ReadNumbers(ref source, rows)));
        }

        int more = source.Byte();
        return new DayRows
        {
            Ids = ids, Times = times, Prints = prints, Columns = read, Scores = scores,
            Decisions = (more & 1) != 0 ? (TextColumn)ColumnCodec.Read(ref source, "decision", rows) : null,
            Latency = (more & 2) != 0 ? ColumnCodec.ReadNumbers(ref source, rows) : null,
        };
    }

    private static ByteSource Begin(ReadOnlySpan<byte> bytes, out int rows)
    {
        ByteSource source = new(bytes);
        if (!source.Bytes(Magic.Length).SequenceEqual(Magic))
        {
            throw new InvalidDataException("This is no file of rows.");
        }

        source.Skip(16);
        rows = source.Count();
        return source;
    }

    // Its length before it, so that a reader who does not want it can pass over it.
    private static void Section(ByteSink sink, Action<ByteSink> write)
    {
        ByteSink part = new();
        write(part);
        sink.Count(part.Written.Length);
        sink.Bytes(part.Written.Span);
    }

    // Ids of one sender mostly begin alike: how much of the one before is kept, then the rest.
    private static void WriteIds(ByteSink sink, string[] ids)
    {
        string before = "";
        foreach (string id in ids)
        {
            int same = id.AsSpan().CommonPrefixLength(before);
            if (same > 0 && char.IsHighSurrogate(id[same - 1]))
            {
                same--; // half a character is no text
            }

            sink.Count(same);
            sink.Text(id[same..]);
            before = id;
        }
    }

    private static string[] ReadIds(ref ByteSource source, int rows)
    {
        string[] ids = new string[rows];
        string before = "";
        for (int row = 0; row < rows; row++)
        {
            int same = source.Count();
            string rest = source.Text();
            ids[row] = before = same == 0 ? rest : string.Concat(before.AsSpan(0, same), rest);
        }

        return ids;
    }
}
