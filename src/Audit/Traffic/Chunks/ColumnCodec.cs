using Governance.Audit.Data;

namespace Governance.Audit.Traffic.Chunks;

/// <summary>One column of a chunk: numbers as the smallest type that keeps them all, text by dictionary.</summary>
internal static class ColumnCodec
{
    private const byte Doubles = 0;
    private const byte Singles = 1;
    private const byte Wholes = 2; // zigzag, with a mark for missing cells
    private const byte Text = 3;

    private const double WholeLimit = 1L << 52; // exact in a double, with room for the mark

    /// <summary>Writes a column without its name.</summary>
    public static void Write(ByteSink sink, Column column)
    {
        if (column is TextColumn text)
        {
            Write(sink, text);
        }
        else
        {
            Write(sink, ((NumberColumn)column).Values);
        }
    }

    /// <summary>Reads a column.</summary>
    /// <param name="source">Behind the name.</param>
    /// <param name="name">The name.</param>
    /// <param name="rows">How many.</param>
    public static Column Read(ref ByteSource source, string name, int rows)
    {
        byte form = source.Byte();
        return form == Text ? ReadText(ref source, name, rows) : new NumberColumn(name, ReadNumbers(ref source, form, rows));
    }

    /// <summary>Writes numbers.</summary>
    public static void Write(ByteSink sink, ReadOnlySpan<double> values)
    {
        byte form = FormOf(values);
        sink.Byte(form);
        switch (form)
        {
            case Wholes:
                foreach (double value in values)
                {
                    sink.Count(double.IsNaN(value) ? 0 : Zigzag((long)value) + 1);
                }

                break;
            case Singles:
                float[] singles = new float[values.Length];
                for (int row = 0; row < singles.Length; row++)
                {
                    singles[row] = (float)values[row];
                }

                sink.Array<float>(singles);
                break;
            default:
                sink.Array(values);
                break;
        }
    }

    /// <summary>Reads numbers.</summary>
    public static double[] ReadNumbers(ref ByteSource source, int rows)
    {
        byte form = source.Byte();
        return ReadNumbers(ref source, form, rows);
    }

    private static double[] ReadNumbers(ref ByteSource source, byte form, int rows)
    {
        switch (form)
        {
            case Wholes:
                double[] wholes = new double[rows];
                for (int row = 0; row < rows; row++)
                {
                    long coded = source.LongCount();
                    wholes[row] = coded == 0 ? double.NaN : ((coded - 1) >> 1) ^ -((coded - 1) & 1);
                }

                return wholes;
            case Singles:
                return [.. source.Array<float>(rows)];
            default:
                return source.Array<double>(rows);
        }
    }

    private static byte FormOf(ReadOnlySpan<double> values)
    {
        bool whole = true;
        bool single = true;
        foreach (double value in values)
        {
            if (double.IsNaN(value))
            {
                continue;
            }

            whole &= Math.Abs(value) < WholeLimit && Math.Floor(value) == value && !(value == 0 && double.IsNegative(value));
            single &= (float)value == value;
            if (!whole && !single)
            {
                return Doubles;
            }
        }

        return whole ? Wholes : Singles;
    }

    private static long Zigzag(long value) => (value << 1) ^ (value >> 63);

    private static void Write(ByteSink sink, TextColumn text)
    {
        sink.Byte(Text);
        sink.Count(text.Levels.Count);
        foreach (string level in text.Levels)
        {
            sink.Text(level);
        }

        if (text.Levels.Count < byte.MaxValue)
        {
            byte[] codes = new byte[text.Count];
            for (int row = 0; row < codes.Length; row++)
            {
                codes[row] = (byte)(text.Codes[row] + 1);
            }

            sink.Bytes(codes);
            return;
        }

        foreach (int code in text.Codes)
        {
            sink.Count(code + 1);
        }
    }

    private static TextColumn ReadText(ref ByteSource source, string name, int rows)
    {
        string[] levels = new string[source.Count()];
        for (int i = 0; i < levels.Length; i++)
        {
            levels[i] = source.Text();
        }

        int[] codes = new int[rows];
        if (levels.Length < byte.MaxValue)
        {
            ReadOnlySpan<byte> bytes = source.Bytes(rows);
            for (int row = 0; row < rows; row++)
            {
                codes[row] = bytes[row] - 1;
            }
        }
        else
        {
            for (int row = 0; row < rows; row++)
            {
                codes[row] = source.Count() - 1;
            }
        }

        return new TextColumn(name, codes, levels);
    }
}
