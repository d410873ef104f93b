using System.IO.Compression;
using System.Text;
using Governance.Registry.Packs;

namespace Governance.Registry.Tests.Packs;

public sealed class PackFileTests
{
    private static readonly Dictionary<string, byte[]> Files = new()
    {
        ["b/größe.json"] = "{\"a\":1}"u8.ToArray(), ["a.txt"] = [], ["c.bin"] = [.. Enumerable.Range(0, 600).Select(i => (byte)i)],
    };

    [Fact]
    public void What_is_written_is_read_and_the_same_files_give_the_same_bytes()
    {
        byte[] zip = PackFile.Write(Files);

        Assert.Equal(zip, PackFile.Write(Files.Reverse().ToDictionary()));
        Dictionary<string, byte[]> read = PackFile.Read(zip);
        Assert.Equal(Files.Keys.Order(StringComparer.Ordinal), read.Keys.Order(StringComparer.Ordinal));
        Assert.All(Files, file => Assert.Equal(file.Value, read[file.Key]));
    }

    [Fact]
    public void Other_programs_read_it_as_a_zip()
    {
        using ZipArchive zip = new(new MemoryStream(PackFile.Write(Files)));

        Assert.Equal(["a.txt", "b/größe.json", "c.bin"], zip.Entries.Select(entry => entry.FullName));
        Assert.All(zip.Entries, entry => Assert.Equal(1980, entry.LastWriteTime.Year));
        using StreamReader reader = new(zip.GetEntry("b/größe.json")!.Open(), Encoding.UTF8); // its checksum is compared while it is read
        Assert.Equal("{\"a\":1}", reader.ReadToEnd());
    }

    [Fact]
    public void No_byte_of_it_can_be_another_and_still_be_the_same_files()
    {
        byte[] zip = PackFile.Write(Files);
        for (int at = 0; at < zip.Length; at++)
        {
            byte[] flipped = [.. zip];
            flipped[at] ^= 1;
            try
            {
                Dictionary<string, byte[]> read = PackFile.Read(flipped);
                Assert.Fail($"Byte {at} was flipped and {string.Join(", ", read.Keys)} were read.");
            }
            catch (FormatException)
            {
                continue;
            }
        }
    }

    [Fact]
    public void What_is_cut_off_added_or_doubled_is_refused()
    {
        byte[] zip = PackFile.Write(Files);

        for (int length = 0; length < zip.Length; length += 7)
        {
            Assert.Throws<FormatException>(() => PackFile.Read(zip.AsSpan(0, length)));
        }

        Assert.Throws<FormatException>(() => PackFile.Read([.. zip, 0]));
        Assert.Throws<FormatException>(() => PackFile.Read([0, .. zip]));
        Assert.Throws<FormatException>(() => PackFile.Read([.. zip, .. zip]));
    }
}
