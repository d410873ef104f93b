using System.Text;
using Governance.Audit.Data;
using static Governance.Audit.Tests.Data.GivenFiles;
using static Governance.Audit.Tests.Data.PackedFiles;

namespace Governance.Audit.Tests.Data;

public sealed class ArchiveTests
{
    private static readonly byte[] Csv = "a,b\n1,x\n2,1.0\n"u8.ToArray();

    [Fact]
    public void Gzip_of_every_format_and_a_zip_of_one_file_are_read_by_content()
    {
        Assert.Equal(2, Read(Gzip(Csv)).Rows);
        Assert.Equal(1, Read(Gzip("{\"a\":1}\n"u8.ToArray())).Rows);
        Assert.Equal(3, Read(Gzip(Npy("<f8", false, "(3,)", Doubles(1, 2, 3)))).Rows);
        Assert.Equal(["x", "1.0"], Texts(Read(Zip(("folder/data.bin", Csv))).Need("b")));
        Assert.Equal(1, Read(Zip(("a.jsonl", "{\"a\":1}\n"u8.ToArray()))).Rows);
    }

    [Fact]
    public void Gzip_members_written_one_after_another_are_one_file()
    {
        byte[] members = [.. Gzip("a,b\n1,2\n"u8.ToArray()), .. Gzip("3,4\n"u8.ToArray())];

        Assert.Equal(2, Read(members).Rows);
    }

    [Fact]
    public void A_gzip_file_that_was_cut_or_changed_is_refused_and_not_read_in_part()
    {
        byte[] packed = Gzip(Encoding.UTF8.GetBytes("a\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i * 7919}\n"))));

        foreach (byte[] damaged in (byte[][])[packed[..(packed.Length / 2)], packed[..^4], packed[..^8], [.. packed, 1, 2, 3], [.. packed[..^6], 9, .. packed[^5..]]])
        {
            Assert.Contains("damaged or cut short", Refused(damaged).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_bomb_is_stopped_by_what_comes_out_and_not_by_what_it_says()
    {
        byte[] zeros = Encoding.UTF8.GetBytes("a\n" + string.Concat(Enumerable.Repeat(new string('x', 100_000) + "\n", 700)));

        Assert.Contains("bomb", Refused(Gzip(zeros)).Message, StringComparison.Ordinal);
        Assert.Contains("bomb", Refused(Zip(("a.csv", zeros))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../a.csv")]
    [InlineData("/etc/a.csv")]
    [InlineData("x/../../a.csv")]
    [InlineData("..\\a.csv")]
    [InlineData("C:a.csv")]
    [InlineData("a\n.csv")]
    public void A_name_that_points_outside_refuses_the_whole_archive(string name) =>
        Assert.Contains("points outside", Refused(Zip((name, Csv))).Message, StringComparison.Ordinal);

    [Fact]
    public void Archives_in_archives_many_files_and_documents_are_refused_by_name()
    {
        Assert.Contains("inside another archive", Refused(Zip(("a.zip", Zip(("a.csv", Csv))))).Message, StringComparison.Ordinal);
        Assert.Contains("inside another archive", Refused(Zip(("a.gz", Gzip(Csv)))).Message, StringComparison.Ordinal);
        Assert.Contains("inside another archive", Refused(Gzip(Zip(("a.csv", Csv)))).Message, StringComparison.Ordinal);
        Assert.Contains("inside another archive", Refused(Gzip(Gzip(Csv))).Message, StringComparison.Ordinal);
        Assert.Contains("holds 2 files", Refused(Zip(("a.csv", Csv), ("b.csv", Csv))).Message, StringComparison.Ordinal);
        Assert.Contains("101 files", Refused(Zip([.. Enumerable.Range(0, 101).Select(i => ($"{i}.npy", Csv))])).Message, StringComparison.Ordinal);
        Assert.Contains("holds no file", Refused(Zip()).Message, StringComparison.Ordinal);
        Assert.Contains("Excel workbook", Refused(Zip(("[Content_Types].xml", Csv), ("xl/workbook.xml", Csv))).Message, StringComparison.Ordinal);
        Assert.Contains("PyTorch", Refused(Zip(("archive/data.pkl", Csv))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_zip_that_was_cut_or_changed_or_encrypted_is_refused()
    {
        byte[] whole = Zip(("a.csv", Encoding.UTF8.GetBytes("a\n" + string.Concat(Enumerable.Range(0, 3000).Select(i => $"{i * 7919}\n")))));
        byte[] flipped = [.. whole];
        flipped[200] ^= 0x40;
        byte[] encrypted = [.. whole];
        encrypted[6] |= 1;
        encrypted[encrypted.AsSpan().LastIndexOf("PK\x01\x02"u8) + 8] |= 1;

        Assert.Contains("damaged", Refused(whole[..(whole.Length / 2)]).Message, StringComparison.Ordinal);
        Assert.Contains("damaged", Refused(flipped).Message, StringComparison.Ordinal);
        Assert.Contains("encrypted", Refused(encrypted).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("377abcaf271c0004", "7-Zip")]
    [InlineData("526172211a0700", "RAR")]
    [InlineData("fd377a585a0000", "xz")]
    [InlineData("425a683931415926535900", "bzip2")]
    [InlineData("28b52ffd0458", "Zstandard")]
    [InlineData("50415231150415", "Parquet")]
    [InlineData("894844460d0a1a0a", "HDF5")]
    [InlineData("d0cf11e0a1b11ae1", "old Office")]
    [InlineData("80049595", "pickle")]
    [InlineData("080812077079746f726368", "ONNX")]
    [InlineData("fffe61002c0062000a00", "UTF-16")]
    [InlineData("61002c0062000a0031002c0032000a00", "UTF-16")]
    [InlineData("fffe000061000000", "UTF-32")]
    [InlineData("3c21444f43545950452068746d6c3e", "HTML")]
    public void Other_formats_are_refused_by_their_name(string start, string name)
    {
        InputException refusal = Refused(Convert.FromHexString(start));

        Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1, refusal.Line);
    }

    [Fact]
    public void A_tar_archive_is_refused_and_a_column_whose_name_begins_like_a_mark_is_not()
    {
        byte[] tar = new byte[1024];
        "data.csv"u8.CopyTo(tar);
        "ustar"u8.CopyTo(tar.AsSpan(257));

        Assert.Contains("tar archive", Refused(tar).Message, StringComparison.Ordinal);
        Assert.Equal("ORCID", Read("ORCID,PAR1\n1,2\n").Columns[0].Name);
    }
}
