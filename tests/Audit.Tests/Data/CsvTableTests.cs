using System.IO.Compression;
using System.Text;
using Governance.Audit.Data;
using Governance.Tests;

namespace Governance.Audit.Tests.Data;

public sealed class CsvTableTests
{
    [Fact]
    public void Reads_numbers_text_and_missing_cells()
    {
        Table table = CsvTable.Parse("a,b,c\n1,x,\n-2.5e3,,7\n,y,\n");

        Assert.Equal([1, -2500, double.NaN], ((NumberColumn)table.Need("a")).Values.ToArray());
        Assert.Equal(["x", null, "y"], Texts(table.Need("b")));
        Assert.Equal([double.NaN, 7, double.NaN], ((NumberColumn)table.Need("c")).Values.ToArray());
    }

    [Theory]
    [InlineData("a,b\r\n1,x\r\n2,y\r\n")]
    [InlineData("\uFEFFa,b\n1,x\n2,y")]
    [InlineData("a,b\n1,x\n2,y\n\n\n")]
    [InlineData("\"a\",\"b\"\n\"1\",\"x\"\n2,\"y\"\n")]
    public void Line_ends_byte_order_marks_and_quotes_do_not_change_the_table(string text)
    {
        Table table = CsvTable.Parse(text);

        Assert.Equal(["a", "b"], table.Columns.Select(column => column.Name));
        Assert.Equal([1, 2], ((NumberColumn)table.Need("a")).Values.ToArray());
        Assert.Equal(["x", "y"], Texts(table.Need("b")));
    }

    [Fact]
    public void Quoted_cells_may_hold_commas_line_breaks_and_doubled_quotes()
    {
        Table table = CsvTable.Parse("a,b\n\"x, y\",\"say \"\"no\"\"\"\n\"two\nlines\",z\nlast,w\n");

        Assert.Equal(["x, y", "two\nlines", "last"], Texts(table.Need("a")));
        Assert.Equal("say \"no\"", table.Need("b").Text(0));
        Assert.Equal([2, 3, 5], new[] { 0, 1, 2 }.Select(table.Line));
    }

    [Theory]
    [InlineData("01234")]
    [InlineData("nan")]
    [InlineData("inf")]
    [InlineData("0x10")]
    [InlineData("1_000")]
    [InlineData("١٢")]
    [InlineData("1e400")]
    [InlineData("1e-400")]
    [InlineData("+5")]
    [InlineData(" 5")]
    [InlineData("9007199254740993")]
    [InlineData("12345678901234567890123")]
    public void A_column_with_a_cell_that_is_no_plain_number_stays_text_as_it_was_spelt(string cell)
    {
        Table table = CsvTable.Parse($"a\n1.0\n{cell}\n1e5\n");

        Assert.Equal(["1.0", cell, "1e5"], Texts(table.Need("a")));
    }

    [Theory]
    [InlineData("a,b\n1,2\n3\n", 3, "1 cell")]
    [InlineData("a,b\n1,2,3\n", 2, "3 cells")]
    [InlineData("a,b\n\n1,2\n", 2, "1 cell")]
    [InlineData("a,b\n\"x\ny\",1\n1\n", 4, "1 cell")]
    [InlineData("a,a\n1,2\n", 1, "'a' twice")]
    [InlineData("a,A\n1,2\n", 1, "'A' twice")]
    [InlineData("a,\n1,2\n", 1, "no name for column 2")]
    [InlineData("a,b\n1,2\n1,\"x\n1,2\n", 3, "never closed")]
    [InlineData("a,b\n1,5\" pipe \"\n", 2, "quote in the middle")]
    [InlineData("a,b\n1,\"x\"y\n", 2, "quote in the middle")]
    [InlineData("a,b\n1,2\n3,5\" pipe\n", 3, "quote in the middle")]
    [InlineData("a,b\n1,\0\n", 2, "NUL")]
    [InlineData("a;b\n1,5;2\n", 1, "not separated by commas")]
    [InlineData("", 1, "empty")]
    public void Refuses_what_cannot_be_read_for_sure_and_names_the_line(string text, int line, string what)
    {
        InputException refusal = Assert.Throws<InputException>(() => CsvTable.Parse(text));

        Assert.Contains(what, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(line, refusal.Line);
    }

    [Fact]
    public void Refuses_bytes_that_are_not_UTF8()
    {
        byte[] latin = [.. "a,b\n1,caf"u8, 0xE9, .. "\n"u8];

        InputException refusal = Assert.Throws<InputException>(() => CsvTable.Read(new MemoryStream(latin), default));

        Assert.Equal(2, refusal.Line);
        Assert.Contains("UTF-8", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_more_than_8192_columns_and_lines_over_a_mebibyte()
    {
        string wide = string.Join(',', Enumerable.Range(0, 8193).Select(i => $"c{i}")) + "\n";
        string longLine = "a\nx\n" + new string('y', 1 << 20) + "z\n";

        Assert.Contains("8,193 columns", Assert.Throws<InputException>(() => CsvTable.Parse(wide)).Message, StringComparison.Ordinal);
        Assert.Equal(3, Assert.Throws<InputException>(() => CsvTable.Parse(longLine)).Line);
        Assert.Equal(8192, CsvTable.Parse(string.Join(',', Enumerable.Range(0, 8192).Select(i => $"c{i}")) + "\n").Columns.Count);
    }

    [Fact]
    public void Reads_gzip_by_its_content_and_stops_a_bomb()
    {
        byte[] packed = Gzip(Encoding.UTF8.GetBytes("a,b\n1,x\n"));
        byte[] bomb = Gzip(Encoding.UTF8.GetBytes("a\n" + string.Concat(Enumerable.Repeat(new string('x', 100_000) + "\n", 700))));

        Assert.Equal("x", CsvTable.Read(new MemoryStream(packed), default).Need("b").Text(0));
        Assert.Contains("bomb", Assert.Throws<InputException>(() => CsvTable.Read(new MemoryStream(bomb), default)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_that_cannot_seek_gives_the_same_table()
    {
        using MemoryStream packed = new(Gzip(Encoding.UTF8.GetBytes("a,b\n1,1.0\n2,x\n")));
        using GZipStream forwardOnly = new(packed, CompressionMode.Decompress);

        Table table = CsvTable.Read(forwardOnly, default);

        Assert.Equal(["1.0", "x"], Texts(table.Need("b")));
    }

    // The oracle is the pedestrian way: write cells with quotes where they need them, read, and compare.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Reads_back_whatever_was_written(int seed)
    {
        Random random = new(seed);
        string[] pieces = ["", "a", "7", "0.25", ",", "\"", "\n", "\r\n", "é", "漢", " ", "=1+1"];
        string[][] cells = [.. Enumerable.Range(0, 400).Select(_ => (string[])
        [
            .. Enumerable.Range(0, 5).Select(_ => string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => pieces[random.Next(pieces.Length)]))),
            "end",
        ])];
        static string Quote(string cell) =>
            cell.AsSpan().IndexOfAny(",\"\n\r") >= 0 ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
        string text = "c0,c1,c2,c3,c4,c5\n" + string.Concat(cells.Select(row => string.Join(',', row.Select(Quote)) + "\n"));

        Table table = CsvTable.Parse(text);

        Assert.Equal(cells.Length, table.Rows);
        for (int row = 0; row < cells.Length; row++)
        {
            for (int i = 0; i < 6; i++)
            {
                Assert.Equal(cells[row][i].Length == 0 ? null : cells[row][i], table.Columns[i].Text(row));
            }
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void Damaged_files_are_read_or_refused_and_nothing_else(int seed)
    {
        Random random = new(seed);
        byte[] sound = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 30).Select(i => $"{i},\"q,{i}\",naïve,0.{i}\r\n").Prepend("a,b,c,d\r\n")));
        byte[] poison = [0, (byte)'"', (byte)',', (byte)'\n', (byte)'\r', 0xC3, 0xFF, 0xEF, 0x1F, (byte)'e', (byte)'-', (byte)' '];
        int refused = 0;
        for (int i = 0; i < 4000; i++)
        {
            List<byte> damaged = [.. sound];
            for (int hits = random.Next(1, 4); hits > 0; hits--)
            {
                int at = random.Next(damaged.Count);
                switch (random.Next(3))
                {
                    case 0:
                        damaged[at] = poison[random.Next(poison.Length)];
                        break;
                    case 1:
                        damaged.RemoveRange(at, Math.Min(random.Next(1, 40), damaged.Count - at));
                        break;
                    default:
                        damaged.Insert(at, poison[random.Next(poison.Length)]);
                        break;
                }

                damaged.Add((byte)'\n');
            }

            try
            {
                Assert.True(CsvTable.Read(new MemoryStream([.. damaged]), default).Columns.Count > 0);
            }
            catch (InputException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1, 3999);
    }

    [SkippableTheory]
    [InlineData("clean_control.csv", 120)]
    [InlineData("bom_utf8.csv", 120)]
    [InlineData("crlf.csv", 120)]
    [InlineData("no_final_newline.csv", 120)]
    [InlineData("cr_only.csv", 120)]
    [InlineData("formula_injection.csv", 120)]
    [InlineData("dangerous_ids.csv", 120)]
    [InlineData("leading_zeros.csv", 120)]
    public void Accepts_the_harmless_files_of_the_hostile_set(string file, int rows)
    {
        using FileStream stream = File.OpenRead(Reference.Path("data", "hostile", "csv", file));

        Assert.Equal(rows, CsvTable.Read(stream, default).Rows);
    }

    [SkippableTheory]
    [InlineData("csv/empty.csv")]
    [InlineData("csv/unclosed_quote.csv")]
    [InlineData("csv/bare_quotes.csv")]
    [InlineData("csv/nul_bytes.csv")]
    [InlineData("csv/semicolon_decimal_comma.csv")]
    [InlineData("csv/wide_10000_columns.csv")]
    [InlineData("csv/duplicate_headers.csv")]
    [InlineData("csv/case_duplicate_headers.csv")]
    [InlineData("csv/blank_header.csv")]
    [InlineData("csv/long_header_name.csv")]
    [InlineData("csv/cp1252.csv")]
    [InlineData("csv/onnx_renamed.csv")]
    [InlineData("csv/xlsx_renamed.csv")]
    [InlineData("archives/bomb_512MiB.csv.gz")]
    [InlineData("archives/zip_slip.zip")]
    public void Refuses_the_harmful_files_of_the_hostile_set_with_the_line(string file)
    {
        using FileStream stream = File.OpenRead(Reference.Path(["data", "hostile", .. file.Split('/')]));

        InputException refusal = Assert.Throws<InputException>(() => CsvTable.Read(stream, default));

        Assert.NotNull(refusal.Line);
    }

    private static List<string?> Texts(Column column) => [.. Enumerable.Range(0, column.Count).Select(column.Text)];

    private static byte[] Gzip(byte[] bytes)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}
