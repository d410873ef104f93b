using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Governance.Audit.Data;
using Governance.Audit.Data.Images;
using Governance.Audit.Data.Sources;
using Governance.Tests;

namespace Governance.Audit.Tests.Data;

/// <summary>PNG pictures as rows; the examples were made by Python (png/make_png.py).</summary>
public sealed class PngTests
{
    private static readonly string[][] Examples =
        [.. File.ReadLines(Path.Combine(Reference.Repository, "tests", "Audit.Tests", "Data", "png", "examples.tsv")).Select(line => line.Split('\t'))];

    public static TheoryData<string> Names => [.. Examples.Select(example => example[0])];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_filter_and_colour_gives_the_samples_that_were_written(string name)
    {
        string[] example = Example(name);

        PngImage picture = PngImage.Read(Convert.FromBase64String(example[4]), 2000);

        Assert.Equal((Whole(example[1]), Whole(example[2]), Whole(example[3])), (picture.Width, picture.Height, picture.Channels));
        Assert.Equal(Convert.FromBase64String(example[5]), picture.Samples);
    }

    [Fact]
    public void A_zip_of_pictures_with_a_CSV_is_a_table_channel_by_channel()
    {
        byte[] first = Rgb(4, 5, (channel, y, x) => (byte)((100 * channel) + (10 * y) + x));
        byte[] second = Rgb(4, 5, (_, _, _) => 9);

        Table table = Read(PackedFiles.Zip(("b.png", second), ("labels.csv", Encoding.UTF8.GetBytes("fruit,file,weight\nred,a.png,1.5\ngreen,b.png,2\n")), ("a.png", first)));

        Assert.Equal(2, table.Rows);
        Assert.Equal(["fruit", "weight", "px_0_0_0", "px_0_0_1"], table.Columns.Take(4).Select(column => column.Name));
        Assert.Equal(2 + (3 * 4 * 5), table.Columns.Count);
        Assert.Equal(234, table.Need("px_2_3_4").Number(0));
        Assert.Equal(9, table.Need("px_2_3_4").Number(1));
        Assert.Equal("green", table.Need("fruit").Text(1));
    }

    [Fact]
    public void Without_a_CSV_rows_are_pictures_by_name_and_many_of_them()
    {
        (string, byte[])[] files = [.. Enumerable.Range(0, 300).Select(i => ($"{299 - i:000}.png", Grey(4, 4, (byte)i)))];

        Table table = Read(PackedFiles.Zip(files));

        Assert.Equal(300, table.Rows);
        Assert.Equal(["px_0_0", "px_0_1"], table.Columns.Take(2).Select(column => column.Name));
        Assert.Equal(43, table.Need("px_3_3").Number(0));
        Assert.Equal(0, table.Need("px_3_3").Number(299));
    }

    [Theory]
    [InlineData("file\na.png\nb.png\n", "names 'b.png', but there is no such picture in the archive.")]
    [InlineData("file\na.png\na.png\n", "names 'a.png', but it stands there twice.")]
    [InlineData("name\na.png\n", "has no column 'file' that names them.")]
    [InlineData("file\nc.png\n", "The picture 'a.png' is not named in the CSV beside it.")]
    public void Every_picture_is_named_once(string csv, string words)
    {
        byte[] zip = PackedFiles.Zip(("a.png", Grey(4, 4, 1)), ("c.png", Grey(4, 4, 2)), ("labels.csv", Encoding.UTF8.GetBytes(csv)));

        Assert.Contains(words, Refused(zip), StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_of_other_sizes_and_too_many_files_are_refused()
    {
        byte[] sizes = PackedFiles.Zip(("a.png", Grey(4, 4, 1)), ("b.png", Grey(4, 5, 1)));
        byte[] files = PackedFiles.Zip([.. Enumerable.Range(0, 101).Select(i => ($"{i}.txt", (byte[])[65]))]);

        Assert.Equal("The pictures differ in size: 'a.png' has 4 × 4 pixels of 1 channel, 'b.png' has 5 × 4 pixels of 1 channel.", Refused(sizes));
        Assert.Equal("The zip archive holds the picture 'a.png' twice.", Refused(PackedFiles.Zip(("a.png", Grey(4, 4, 1)), ("a.png", Grey(4, 4, 2)))));
        Assert.Contains("holds 101 files; at most 100 are accepted", Refused(files), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bits", "has 16 bits a sample; save it with 8")]
    [InlineData("interlaced", "is interlaced; save it without")]
    [InlineData("colour", "is neither grey, RGB, RGBA nor of a palette")]
    [InlineData("large", "has 4,000,000,000 × 2 pixels of 1 channel; a row holds at most 8,192 numbers, so make it smaller")]
    [InlineData("none", "has no pixels")]
    [InlineData("checksum", "is damaged: a checksum does not fit")]
    [InlineData("cut", "is cut short")]
    [InlineData("bomb", "has more pixels than its header says")]
    [InlineData("few", "has fewer pixels than its header says")]
    [InlineData("junk", "is damaged: its pixels cannot be unpacked")]
    [InlineData("filter", "is damaged: a line has the filter 5")]
    [InlineData("palette", "uses the colour 1, which its palette does not have")]
    [InlineData("transparent", "makes a colour transparent; save it as RGB or RGBA")]
    [InlineData("moving", "is a moving picture")]
    [InlineData("unknown", "has its part 'ABCD' where none belongs")]
    [InlineData("headless", "does not have its header once and first")]
    [InlineData("apart", "has its part 'IDAT' where none belongs")]
    [InlineData("behind", "has its part 'IEND' where none belongs")]
    public void Hostile_files_and_kinds_that_are_not_read_are_refused_in_words(string kind, string words)
    {
        byte[] lines = [0, 1, 2, 0, 3, 4];
        byte[] file = kind switch
        {
            "bits" => Png(Header(2, 2, 16, 0), Data(lines)),
            "interlaced" => Png(Header(2, 2, 8, 0, 1), Data(lines)),
            "colour" => Png(Header(2, 2, 8, 4), Data(lines)),
            "large" => Png(Header(4_000_000_000, 2, 8, 0), Data(lines)),
            "none" => Png(Header(0, 2, 8, 0), Data(lines)),
            "checksum" => Damaged(),
            "cut" => Png(Header(2, 2, 8, 0), Data(lines))[..^4],
            "bomb" => Png(Header(2, 2, 8, 0), Data(new byte[50_000_000])),
            "few" => Png(Header(2, 2, 8, 0), Data([0, 1, 2])),
            "junk" => Png(Header(2, 2, 8, 0), Chunk("IDAT", [1, 2, 3])),
            "filter" => Png(Header(2, 2, 8, 0), Data([5, 1, 2, 0, 3, 4])),
            "palette" => Png(Header(2, 2, 8, 3), Chunk("PLTE", [1, 2, 3]), Data(lines)),
            "transparent" => Png(Header(2, 2, 8, 0), Chunk("tRNS", [0, 1]), Data(lines)),
            "moving" => Png(Header(2, 2, 8, 0), Chunk("acTL", new byte[8]), Data(lines)),
            "unknown" => Png(Header(2, 2, 8, 0), Chunk("ABCD", []), Data(lines)),
            "headless" => Png(Data(lines)),
            "apart" => Png(Header(2, 2, 8, 0), Data(lines), Chunk("tEXt", [65, 0, 66]), Data(lines)),
            _ => [.. Png(Header(2, 2, 8, 0), Data(lines)), 0],
        };

        Assert.StartsWith($"The picture {words}", Assert.Throws<InputException>(() => PngImage.Read(file, 8192)).Message, StringComparison.Ordinal);
        Assert.StartsWith($"'a.png': the picture {words}", Refused(PackedFiles.Zip(("a.png", file))), StringComparison.Ordinal);

        byte[] Damaged()
        {
            byte[] good = Png(Header(2, 2, 8, 0), Data(lines));
            good[^20] ^= 1;
            return good;
        }
    }

    // Whatever a byte is changed to: a picture or a sentence, never another fault.
    [Fact]
    public void A_changed_byte_is_never_more_than_a_refusal()
    {
        byte[] good = Convert.FromBase64String(Example("palette-all")[4]);
        for (int at = 0; at < good.Length; at++)
        {
            byte[] bad = [.. good];
            bad[at] ^= 0x55;

            Assert.Throws<InputException>(() => PngImage.Read(bad, 2000));
            Assert.Throws<InputException>(() => PngImage.Read(good.AsSpan(0, at), 2000));
        }
    }

    private static string[] Example(string name) => Examples.First(example => example[0] == name);

    private static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static Table Read(byte[] file)
    {
        using MemoryStream stream = new(file);
        return TableFile.Read(stream, default);
    }

    private static string Refused(byte[] file) => Assert.Throws<InputException>(() => Read(file)).Message;

    private static byte[] Rgb(int height, int width, Func<int, int, int, byte> sample) => Png(
        Header((uint)width, (uint)height, 8, 2),
        Data([.. Enumerable.Range(0, height).SelectMany(y => (byte[])[0, .. Enumerable.Range(0, width).SelectMany(x => Enumerable.Range(0, 3).Select(channel => sample(channel, y, x)))])]));

    private static byte[] Grey(int height, int width, byte shade) => Png(
        Header((uint)width, (uint)height, 8, 0), Data([.. Enumerable.Range(0, height).SelectMany(_ => (byte[])[0, .. Enumerable.Repeat(shade, width)])]));

    private static byte[] Png(params byte[][] parts) => [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. parts.SelectMany(part => part), .. Chunk("IEND", [])];

    private static byte[] Header(uint width, uint height, byte depth, byte colour, byte interlace = 0)
    {
        byte[] content = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(content, width);
        BinaryPrimitives.WriteUInt32BigEndian(content.AsSpan(4), height);
        (content[8], content[9], content[12]) = (depth, colour, interlace);
        return Chunk("IHDR", content);
    }

    private static byte[] Data(byte[] lines)
    {
        using MemoryStream packed = new();
        using (ZLibStream stream = new(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            stream.Write(lines);
        }

        return Chunk("IDAT", packed.ToArray());
    }

    private static byte[] Chunk(string name, byte[] content)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(name), .. content];
        Crc32 checksum = default;
        checksum.Add(named);
        byte[] chunk = [0, 0, 0, 0, .. named, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32BigEndian(chunk, (uint)content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), checksum.Value);
        return chunk;
    }
}
