using System.Text;
using Governance.Audit.Data;
using static Governance.Audit.Tests.Data.GivenFiles;

namespace Governance.Audit.Tests.Data;

public sealed class MemoryTests
{
    // 8 bytes a number, 4 a text, a block with its index, and what a guess of the rows from the first block is off.
    [Fact]
    public void Reading_takes_the_memory_of_the_cells_and_little_more()
    {
        Random random = new(3);
        byte[] file = Encoding.UTF8.GetBytes("a,b,c,d,e\n" + string.Concat(Enumerable.Range(0, 200_000).Select(_ =>
            $"{random.Next(1000)},{random.NextDouble():0.000000},{random.Next(10)},level {random.Next(8)},\"q, {random.Next(8)}\"\n")));
        Read(file);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Table table = Read(file);

        long cells = 200_000L * ((3 * 8) + (2 * 4));
        Assert.Equal(200_000, table.Rows);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, cells, (cells * 11 / 10) + (2 << 20));
    }

    [Fact]
    public void A_table_over_its_memory_is_refused_while_it_grows_whatever_the_format()
    {
        DataLimits small = new() { TableBytes = 1 << 20 };
        string csv = "a,b,c,d\n" + string.Concat(Enumerable.Repeat("1,2,3,4\n", 100_000));
        string texts = "a\n" + string.Concat(Enumerable.Range(0, 60_000).Select(i => $"text {i}\n"));
        string lines = "{\"a\":1,\"b\":2,\"c\":3,\"d\":4}\n" + string.Concat(Enumerable.Repeat("{}\n", 100_000));
        byte[] array = PackedFiles.Npy("|i1", false, "(100000, 4)", new byte[400_000]);

        foreach (byte[] file in (byte[][])[Encoding.UTF8.GetBytes(csv), Encoding.UTF8.GetBytes(texts), Encoding.UTF8.GetBytes(lines), array])
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            InputException refusal = Assert.Throws<InputException>(() => TableFile.Read(new MemoryStream(file), [], small, CancellationToken.None));

            Assert.Contains("more than 1 MiB of memory", refusal.Message, StringComparison.Ordinal);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 12 << 20);
        }
    }
}
