namespace Governance.Audit.Data.Arrays;

/// <summary>Reads one array of NumPy into columns: rows along the first dimension, all others side by side.</summary>
/// <remarks>NaN is a missing cell, infinities are refused; whole numbers beyond 2^53 make a column of text, as in CSV.</remarks>
internal static class NpyArray
{
    private const int ChunkBytes = 1 << 16;

    /// <summary>Reads the columns of an array.</summary>
    /// <param name="open">Opens its bytes from the beginning.</param>
    /// <param name="length">Their number, or -1 where reading will tell.</param>
    /// <param name="name">Names the columns by their number.</param>
    /// <param name="rules">How some columns are read.</param>
    /// <param name="limits">What it may hold.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InputException">The bytes are no such array, or of another length than declared.</exception>
    public static IReadOnlyList<Column> Read(
        Func<Stream> open, long length, Func<NpyHeader, int, string> name, IReadOnlyList<ColumnRule> rules, DataLimits limits,
        CancellationToken cancellationToken)
    {
        ColumnBuilder[] columns = Scan(open, length, name, rules, null, limits, cancellationToken);
        if (columns.Any(column => column.NeedsReplay))
        {
            columns = Scan(open, length, name, rules, columns, limits, cancellationToken);
        }

        return [.. columns.Select(column => column.Finish())];
    }

    private static ColumnBuilder[] Scan(
        Func<Stream> open, long length, Func<NpyHeader, int, string> name, IReadOnlyList<ColumnRule> rules, ColumnBuilder[]? before,
        DataLimits limits, CancellationToken cancellationToken)
    {
        using Stream stream = open();
        NpyHeader header = NpyHeader.Read(stream);
        Check(header, length, limits);
        ColumnBuilder[] columns = [.. Enumerable.Range(0, (int)header.Width).Select(i => name(header, i)).Select((title, i) =>
            new ColumnBuilder(title, rules.FirstOrDefault(rule => rule.Name == title), header.Type.IsText || before?[i].NeedsReplay == true))];
        int size = header.Type.Size;
        int step = header.IsFortran ? size : size * columns.Length;
        byte[] chunk = new byte[Math.Max(1, ChunkBytes / step) * step];
        long elements = 0;
        for (long left = header.DataBytes; left > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int wanted = (int)Math.Min(left, chunk.Length);
            if (stream.ReadAtLeast(chunk.AsSpan(0, wanted), wanted, throwOnEndOfStream: false) < wanted)
            {
                throw Unequal(header, null);
            }

            for (int at = 0; at < wanted; at += size, elements++)
            {
                (long row, long column) = header.IsFortran
                    ? (elements % header.Rows, elements / header.Rows) : (elements / columns.Length, elements % columns.Length);
                Add(header.Type, chunk.AsSpan(at, size), columns[column], row);
            }

            left -= wanted;
            limits.Refuse(header.Rows, columns.Sum(column => column.Bytes));
        }

        return stream.ReadByte() < 0 ? columns : throw Unequal(header, null);
    }

    private static void Check(NpyHeader header, long length, DataLimits limits)
    {
        ColumnNames names = new(limits, null);
        names.RefuseMore(header.Width);
        if (header.Width == 0)
        {
            throw new InputException("The NPY file has rows without columns.");
        }

        if (header.Width * header.Type.Size > limits.LineBytes)
        {
            throw new InputException($"A row of the NPY file takes more than {limits.LineBytes:N0} bytes.");
        }

        limits.Refuse(header.Rows, 0);
        if (length >= 0 && length - header.Length != header.DataBytes)
        {
            throw Unequal(header, length - header.Length);
        }
    }

    private static void Add(NpyType type, ReadOnlySpan<byte> element, ColumnBuilder column, long row)
    {
        double number = type.IsText ? double.NaN : type.Number(element);
        if (type.IsText || (type.IsWhole && (double.IsNaN(number) || column.IsText)))
        {
            if (!column.AddText(type.Text(element) ?? throw Fault(row, column, "is no text: its characters are not Unicode")))
            {
                throw Fault(row, column, "is no number, and the column is declared numeric");
            }

            return;
        }

        if (double.IsInfinity(number))
        {
            throw Fault(row, column, "is infinite");
        }

        column.Add(number);
    }

    private static InputException Fault(long row, ColumnBuilder column, string what) =>
        new($"Data row {row + 1} of the NPY file, column '{column.Name}', {what}.") { Line = row + 1, Column = column.Name };

    private static InputException Unequal(NpyHeader header, long? there) => new(
        $"The NPY file declares the shape ({string.Join(", ", header.Shape)}), that is {header.DataBytes:N0} bytes, and {(there is long bytes ? $"holds {bytes:N0}" : "holds more or fewer")}.");
}
