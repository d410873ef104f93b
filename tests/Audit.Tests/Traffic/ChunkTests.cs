using Governance.Audit.Data;
using Governance.Audit.Traffic;
using Governance.Audit.Traffic.Chunks;
using Governance.Audit.Traffic.Ingestion;

namespace Governance.Audit.Tests.Traffic;

/// <summary>What is written is read again to the last cell.</summary>
public sealed class ChunkTests
{
    private static readonly PrintKey Key = new([.. Enumerable.Range(1, 24).Select(i => (byte)(i * 7))]);
    private static readonly DateTimeOffset Morning = new(2026, 3, 1, 6, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Rows_are_read_as_they_were_written()
    {
        DayRows rows = Rows(1_000, 5);
        DayRows read = DayRowsOf(rows, null);

        Assert.Equal(rows.Ids, read.Ids);
        Assert.Equal(rows.Times, read.Times);
        Assert.Equal(rows.Prints.Contents, read.Prints.Contents);
        Assert.Equal(rows.Columns.Select(column => column.Name), read.Columns.Select(column => column.Name));
        foreach ((Column wrote, Column got) in rows.Columns.Zip(read.Columns))
        {
            Assert.Equal(Enumerable.Range(0, 1_000).Select(wrote.Text), Enumerable.Range(0, 1_000).Select(got.Text));
        }

        Assert.Equal(rows.Scores[0].Values, read.Scores[0].Values);
        Assert.Equal(rows.Latency, read.Latency);
        Assert.Equal(Enumerable.Range(0, 1_000).Select(rows.Decisions!.Text), Enumerable.Range(0, 1_000).Select(read.Decisions!.Text));
    }

    [Fact]
    public void Only_the_columns_asked_for_are_read()
    {
        DayRows read = DayRowsOf(Rows(50, 6), ["tiny"]);

        Assert.Equal("tiny", Assert.Single(read.Columns).Name);
        Assert.Equal("yes", Assert.Single(read.Scores).Class);
    }

    [Fact]
    public void The_order_of_columns_does_not_change_what_a_row_says_but_any_cell_does()
    {
        Table table = CsvTable.Parse("a,b\n1,x\n2,y\n");
        RowPrints one = Prints(table);
        RowPrints other = Prints(table.Keep(["b", "a"]));
        RowPrints changed = Prints(CsvTable.Parse("a,b\n1,x\n2,z\n"));

        Assert.Equal(one.Contents, other.Contents);
        Assert.Equal(one.Contents[0], changed.Contents[0]);
        Assert.NotEqual(one.Contents[1], changed.Contents[1]);
        Assert.Equal(one.Ids, changed.Ids);
    }

    [Fact]
    public void The_index_agrees_with_a_dictionary_whatever_is_added_and_taken_away()
    {
        Random random = new(20);
        RowIndex index = new();
        Dictionary<ulong, uint> expected = [];
        for (int step = 0; step < 40_000; step++)
        {
            ulong id = (ulong)random.NextInt64(1, 6_000) * 0x9E3779B97F4A7C15;
            uint content = (uint)random.Next(3);
            if (random.Next(4) == 0 && expected.Remove(id))
            {
                index.Remove([id]);
                continue;
            }

            bool added = index.TryAdd(id, content, out bool same);
            Assert.Equal(expected.TryAdd(id, content), added);
            Assert.Equal(!added && expected[id] == content, same);
        }

        Assert.Equal(expected.Count, index.Count);
    }

    [Fact]
    public void A_later_value_of_a_label_is_a_correction_from_its_time_on()
    {
        LabelIndex index = new();
        (List<int> first, _) = index.Add(new LabelsFile([1, 2], ["yes", "no"], [100, 100]));
        (List<int> second, int corrections) = index.Add(new LabelsFile([1, 2, 3], ["no", "no", "yes"], [200, 200, 200]));

        Assert.Equal((2, 1), (first.Count, corrections));
        Assert.Equal([0, 2], second);
        Assert.Equal(("yes", 100L), (index.Levels[index.Find(1, 199).Code], index.Find(1, 199).KnownAt));
        Assert.Equal(("no", 200L), (index.Levels[index.Find(1, 200).Code], index.Find(1, 200).KnownAt));
        Assert.Equal(-1, index.Find(1, 99).Code);
        Assert.Equal(-1, index.Find(9, long.MaxValue).Code);
    }

    private static DayRows DayRowsOf(DayRows rows, string[]? columns) => RowsFile.Read(RowsFile.Write(Guid.CreateVersion7(), rows).Span, columns);

    private static RowPrints Prints(Table table) => RowPrints.Of(new TrafficBatch(["r1", "r2"], [Morning, Morning], table), Key);

    private static DayRows Rows(int count, int seed)
    {
        Random random = new(seed);
        double[] Draw(Func<int, double> cell) => [.. Enumerable.Range(0, count).Select(row => row % 11 == 0 ? double.NaN : cell(row))];
        Table table = new(
        [
            new NumberColumn("whole", Draw(row => row - 500)), new NumberColumn("single", Draw(_ => (float)random.NextDouble())),
            new NumberColumn("double", Draw(_ => random.NextDouble() * 1e300)), new NumberColumn("tiny", Draw(_ => -0.0)),
            TextColumn.Of("few", [.. Enumerable.Range(0, count).Select(row => row % 7 == 0 ? null : $"level {row % 5}")]),
            TextColumn.Of("many", [.. Enumerable.Range(0, count).Select(row => (string?)$"🌍 {row}")]),
        ]);
        TrafficBatch batch = new(
            [.. Enumerable.Range(0, count).Select(row => $"request-{row:d6}-🌍{(char)('a' + (row % 3))}")],
            [.. Enumerable.Range(0, count).Select(row => Morning.AddSeconds(row / 3))], table)
        {
            Scores = [new ScoreColumn("yes", Draw(_ => random.NextDouble()))],
            Decisions = TextColumn.Of("decision", [.. Enumerable.Range(0, count).Select(row => row % 2 == 0 ? "yes" : "no")]),
            Latency = Draw(_ => random.NextDouble() * 10),
        };
        return DayRows.Of(batch, RowPrints.Of(batch, Key));
    }
}
