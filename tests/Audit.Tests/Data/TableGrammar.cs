using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Governance.Audit.Tests.Data;

/// <summary>Makes data files that are nearly right: by a grammar of each format, then damaged. The same seed gives the same files.</summary>
internal static class TableGrammar
{
    private static readonly string[] Cells =
    [
        "", "0", "-0", "7", "-12", "0.25", ".5", "5.", "1e5", "1E-7", "1e309", "-1e-400", "00012", "9007199254740993", "123456789012345678901234567890",
        "1,5", "1.234,56", "1 000", "1_000", "0x1F", "+3", "١٢٣", "१२", "１２", "NaN", "inf", "-Infinity", "NULL", "N/A", "?", "true", "x", "naïve", "e\u0301", "n\u200Bo",
        "\uFEFF", "\uFEFFa", "漢字", "😀", " ", "\t", "=1+1", "@SUM(A1)", "-2+3", "＝1", "a b", "'", "\"", "\"\"", "\"\"\"", "a\"b", "\"a\"b", "a,b", "a\nb", "a\r\nb", "a\rb", "\r",
        "\n", "\0", "\u0001", "\u2028", "</script>", "../../etc/passwd", "{\"a\":1}", "[1]", ";", "1;2",
    ];

    private static readonly string[] Names =
        ["a", "b", "c", "A", "", " ", "\"", "a\"b", "x,y", "line\nbreak", "=cmd", "__proto__", "constructor", "naïve", "\uFEFFa", "0", "1e5", "\0", "'; DROP TABLE", "ORC", "PAR1", "{", "["];

    private static readonly string[] LineEnds = ["\n", "\n", "\n", "\r\n", "\r\n", "\r", "", "\n\n", "\n\r"];

    private static readonly string[] Types =
        ["<f8", ">f8", "<f4", "<f2", "<i8", ">i4", "|u1", "|i1", "|b1", "<u8", "|S3", "<U2", "|O", "<c16", "<M8[ns]", "V8", "<f16", "", "f8", "<f99999999999", "<U999999999", "x"];

    private static readonly string[] Shapes =
        ["(3,)", "(2, 2)", "(0,)", "(0, 3)", "(3, 0)", "()", "(1, 1, 1)", "(-1,)", "(9223372036854775807,)", "(4294967296, 4294967296)", "(3", "(1L,)", "(2, 8193)", "(1000000000,)"];

    private static readonly string[] FileNames = ["a.csv", "x.npy", "y.npy", "../a.csv", "/a", "a\\b", " ", "a/b/c.csv", "xl/workbook.xml", "data.pkl", "é.csv", "a.csv"];

    /// <summary>The next file.</summary>
    public static byte[] Next(Random random)
    {
        byte[] file = random.Next(10) switch
        {
            < 5 => Csv(random),
            < 7 => Json(random),
            < 9 => Npy(random),
            _ => Zip(random),
        };
        file = random.Next(4) == 0 ? Damaged(random, file) : file;
        if (random.Next(8) == 0)
        {
            file = PackedFiles.Gzip(file, CompressionLevel.Fastest);
            file = random.Next(3) == 0 ? Damaged(random, file) : file;
        }

        return file;
    }

    /// <summary>A small CSV file of five columns without a byte order mark, right or nearly so.</summary>
    public static byte[] SmallCsv(Random random)
    {
        StringBuilder text = new("c0,c1,c2,c3,c4\n");
        for (int rows = random.Next(12); rows > 0; rows--)
        {
            text.AppendJoin(',', Enumerable.Range(0, random.Next(30) == 0 ? 4 : 5).Select(_ => Cell(random))).Append(random.Next(3) == 0 ? "\r\n" : "\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    // Two of five files break no rule of form, so that their odd cells are read and not only refused.
    private static byte[] Csv(Random random) => random.Next(5) < 2 ? SoundCsv(random) : OddCsv(random);

    private static byte[] SoundCsv(Random random)
    {
        string[] cells = [.. Cells.Where(cell => !cell.Contains('\0', StringComparison.Ordinal))];
        string lineEnd = random.Next(2) == 0 ? "\n" : "\r\n";
        int columns = random.Next(2, 9);
        StringBuilder text = new(random.Next(10) == 0 ? "\uFEFF" : "");
        text.AppendJoin(',', Enumerable.Range(0, columns).Select(i => $"c{i}")).Append(lineEnd);
        for (int rows = random.Next(60); rows > 0; rows--)
        {
            text.AppendJoin(',', Enumerable.Range(0, columns).Select(_ => Right(random.Next(3) == 0 ? Pick(random, cells) : random.Next(100).ToString(CultureInfo.InvariantCulture))))
                .Append(lineEnd);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static byte[] OddCsv(Random random)
    {
        int columns = random.Next(200) switch { 0 => 100_000, 1 => 8_193, 2 => 8_192, _ => random.Next(1, 9) };
        string lineEnd = Pick(random, LineEnds);
        bool mixed = random.Next(5) == 0, plain = random.Next(3) > 0;
        StringBuilder text = new(random.Next(10) == 0 ? "\uFEFF" : "");
        text.AppendJoin(',', Enumerable.Range(0, columns).Select(i => plain ? $"c{i}" : Quoted(random, Pick(random, Names)))).Append(lineEnd);
        for (int rows = random.Next(columns > 100 ? 3 : 30); rows > 0; rows--)
        {
            int width = random.Next(20) == 0 ? random.Next(1, columns + 2) : columns;
            text.AppendJoin(',', Enumerable.Range(0, width).Select(_ => Cell(random))).Append(mixed ? Pick(random, LineEnds) : lineEnd);
        }

        if (random.Next(300) == 0)
        {
            text.Append(new string('x', 1_100_000));
        }

        return random.Next(40) switch
        {
            0 => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text.ToString())],
            1 => Encoding.BigEndianUnicode.GetBytes(text.ToString()),
            2 => Encoding.Latin1.GetBytes(text.ToString()),
            _ => Encoding.UTF8.GetBytes(text.ToString()),
        };
    }

    private static string Cell(Random random) => random.Next(3) == 0
        ? Quoted(random, Pick(random, Cells))
        : random.Next(4) == 0 ? random.NextDouble().ToString("R", CultureInfo.InvariantCulture) : random.Next(1000).ToString(CultureInfo.InvariantCulture);

    private static string Quoted(Random random, string cell) => random.Next(6) switch
    {
        0 => cell,
        1 => $"\"{cell}\"",
        2 => $" \"{cell}\"",
        _ => Right(cell),
    };

    private static string Right(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;

    private static byte[] Json(Random random)
    {
        StringBuilder text = new();
        bool sound = random.Next(2) == 0;
        for (int rows = random.Next(20); rows > 0; rows--)
        {
            if (sound)
            {
                text.Append(CultureInfo.InvariantCulture, $"{{\"n\":{Pick(random, Cells[1..6])},\"t\":{Text(Pick(random, Cells[..40]))},\"m{random.Next(3)}\":null}}\n");
                continue;
            }

            string[] members = [.. Enumerable.Range(0, random.Next(5)).Select(_ => $"{Text(Pick(random, random.Next(4) == 0 ? Names : ["a", "b", "c", "d"]))}:{Value(random)}")];
            text.Append('{').AppendJoin(',', members).Append('}').Append(Pick(random, LineEnds));
        }

        return Encoding.UTF8.GetBytes(random.Next(20) == 0 ? $"[{text}]" : text.ToString());
    }

    private static string Value(Random random) => random.Next(40) switch
    {
        0 => new string('[', 10_000),
        1 => "{\"b\":1}",
        2 => "NaN",
        3 => "-Infinity",
        4 => "01",
        5 => "\"\\ud800\"",
        6 => "\"\\u0000\"",
        7 => "'x'",
        8 => "1e999999999999",
        9 => new string('9', 5_000),
        < 14 => "null",
        < 18 => "true",
        < 26 => Text(Pick(random, Cells)),
        _ => Pick(random, Cells[1..12]),
    };

    private static string Text(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private static byte[] Npy(Random random)
    {
        bool right = random.Next(2) == 0;
        string header = $"{{'descr': '{(right ? Pick(random, Types[..12]) : Pick(random, Types))}', 'fortran_order': {(random.Next(2) == 0 ? "True" : "False")}, 'shape': {(right ? Pick(random, Shapes[..2]) : Pick(random, Shapes))}, }}";
        byte[] data = new byte[Pick(random, [0, 1, 3, 4, 8, 12, 16, 24, 32, 36, 48, 1000])];
        random.NextBytes(data);
        byte[] file = PackedFiles.Npy(random.Next(20) == 0 ? header.Replace("'", "", StringComparison.Ordinal) : header, data, (byte)random.Next(1, 4));
        if (random.Next(20) == 0)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(8), (ushort)random.Next(ushort.MaxValue));
        }

        return file;
    }

    private static byte[] Zip(Random random)
    {
        byte[] file = PackedFiles.Zip([.. Enumerable.Range(0, random.Next(40) == 0 ? 150 : random.Next(4)).Select(_ => (Pick(random, FileNames), random.Next(3) switch
        {
            0 => Csv(random),
            1 => Npy(random),
            _ => random.Next(8) == 0 ? Zip(random) : "a,b\n1,2\n"u8.ToArray(),
        }))]);
        if (random.Next(4) == 0 && file.Length > 30)
        {
            // Sizes, flags, methods and names of headers that are not what the content is.
            int at = file.AsSpan().LastIndexOf("PK\x01\x02"u8) is > 0 and int central && random.Next(2) == 0 ? central : 0;
            file[at + random.Next(4, 30)] = (byte)random.Next(256);
        }

        return file;
    }

    private static byte[] Damaged(Random random, byte[] file)
    {
        List<byte> damaged = [.. file];
        for (int hits = random.Next(1, 5); hits > 0 && damaged.Count > 0; hits--)
        {
            int at = random.Next(damaged.Count);
            switch (random.Next(5))
            {
                case 0:
                    damaged[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    damaged.RemoveRange(at, Math.Min(random.Next(1, 64), damaged.Count - at));
                    break;
                case 2:
                    damaged.Insert(at, Pick(random, [(byte)0, (byte)'"', (byte)',', (byte)'\n', (byte)'\r', (byte)0xC3, (byte)0xFF, (byte)0xED, (byte)0x1F]));
                    break;
                case 3:
                    damaged.InsertRange(at, damaged.GetRange(at, Math.Min(random.Next(1, 64), damaged.Count - at)));
                    break;
                default:
                    damaged.RemoveRange(at, damaged.Count - at);
                    break;
            }
        }

        return [.. damaged];
    }

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];
}
