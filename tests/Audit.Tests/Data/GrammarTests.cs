using System.Diagnostics;
using System.Text;
using Governance.Audit.Data;

namespace Governance.Audit.Tests.Data;

/// <summary>The short run of what <c>bench fuzz-data</c> does at length.</summary>
public sealed class GrammarTests
{
    private const long MostBytes = 256 << 20;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Nearly_right_files_are_read_or_refused_in_one_sentence_quickly_and_in_little_memory(int seed)
    {
        Random random = new(seed);
        int refused = 0;
        for (int i = 0; i < 1_500; i++)
        {
            byte[] file = TableGrammar.Next(random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            TimeSpan time = Time(file, out InputException? refusal);
            if (time > TimeSpan.FromSeconds(2))
            {
                time = Time(file, out _); // another process may have had the core
            }

            Assert.True(time < TimeSpan.FromSeconds(2), $"file {i} of seed {seed} took {time}");
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
            if (refusal is not null)
            {
                refused++;
                Assert.True(refusal.Message.Length is > 10 and < 1_000 && refusal.Message.EndsWith('.'), refusal.Message);
            }
        }

        Assert.InRange(refused, 100, 1_450);
    }

    // The oracle is a reader that goes letter by letter; the stream gives a few bytes at a time, so that blocks end anywhere.
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void The_fast_reader_agrees_with_a_pedestrian_one_on_what_is_valid_and_what_it_says(int seed)
    {
        Random random = new(seed);
        int accepted = 0;
        for (int i = 0; i < 3_000; i++)
        {
            byte[] file = TableGrammar.SmallCsv(random);
            List<string[]>? expected = PedestrianCsv.Read(Encoding.UTF8.GetString(file));
            Table? table = null;
            try
            {
                table = CsvTable.Read(new Dribble(file, random.Next(1, 80)), default);
            }
            catch (InputException)
            {
            }

            Assert.Equal(expected is null, table is null);
            if (table is null)
            {
                continue;
            }

            accepted++;
            Assert.Equal(expected!.Count - 1, table.Rows);
            for (int column = 0; column < 5; column++)
            {
                for (int row = 0; row < table.Rows; row++)
                {
                    string cell = expected[row + 1][column];
                    Column read = table.Columns[column];
                    Assert.Equal(
                        cell.Length == 0 ? null : read is NumberColumn ? double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture).ToString("R") : cell,
                        read.Text(row));
                }
            }
        }

        Assert.InRange(accepted, 500, 2_900);
    }

    [Fact]
    public void A_byte_order_mark_that_comes_byte_by_byte_is_still_one() =>
        Assert.Equal("a", CsvTable.Read(new Dribble([0xEF, 0xBB, 0xBF, .. "a,b\n1,2\n"u8], 1), default).Columns[0].Name);

    private static TimeSpan Time(byte[] file, out InputException? refusal)
    {
        refusal = null;
        long started = Stopwatch.GetTimestamp();
        try
        {
            TableWarnings.Of(TableFile.Read(new MemoryStream(file), CancellationToken.None));
        }
        catch (InputException fault)
        {
            refusal = fault;
        }

        return Stopwatch.GetElapsedTime(started);
    }

    private sealed class Dribble(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(most, buffer.Length)]);
    }
}
