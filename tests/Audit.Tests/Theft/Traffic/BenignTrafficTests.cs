using Governance.Audit.Tests.Theft.Detection;
using Governance.Audit.Theft.Streams;
using Governance.Audit.Theft.Traffic;
using Governance.Tests;

namespace Governance.Audit.Tests.Theft.Traffic;

public sealed class BenignTrafficTests
{
    private const int Width = DrawnReference.Width;

    [Fact]
    public void Made_rows_cannot_be_told_from_fresh_rows_of_the_source()
    {
        RowSpace space = RowSpace.Of(DrawnReference.Rows(3_000, 1), Width, DrawnReference.Columns);

        TwoSampleTest test = TwoSampleTest.Run(DrawnReference.Rows(2_000, 2), Made(new BenignTraffic(space, 3), 2_000), Width, 4, default);

        Assert.True(test.PValue > 0.01, $"area {test.Auc}, p {test.PValue}");
    }

    // The power of the test: a generator that draws each column by itself is found out.
    [Fact]
    public void Rows_of_independent_columns_are_told_from_fresh_rows()
    {
        RowSpace space = RowSpace.Of(DrawnReference.Rows(3_000, 1), Width, DrawnReference.Columns);

        TwoSampleTest test = TwoSampleTest.Run(DrawnReference.Rows(2_000, 2), Made(new MarginalRows(space, 3), 2_000), Width, 4, default);

        Assert.InRange(test.PValue, 0, 1e-6);
        Assert.InRange(test.Auc, 0.6, 1);
    }

    // Rows made from Adult's validation rows against its test rows, of which repeats are left out as they are in the made ones.
    [SkippableFact]
    public void Made_rows_of_adult_cannot_be_told_from_held_out_ones_and_broken_ones_can()
    {
        string folder = Path.GetFullPath(Path.Combine(Reference.Path("data", "models", "adult_gbt"), "..", "..", ".."));
        RowSpace held = WatchCase.Load("adult", "logreg", Path.Combine(Reference.Repository, "samples"), folder).Held;
        float[][] rows = [.. Enumerable.Range(0, held.Count).Select(row => held.Row(row).ToArray())];
        float[] first = [.. rows[..(rows.Length / 2)].SelectMany(row => row)];
        float[] fresh = [.. rows[(rows.Length / 2)..].DistinctBy(row => string.Join(' ', row)).SelectMany(row => row)];
        RowSpace space = RowSpace.Of(first, held.Width, [.. held.Columns.Select(column => column.Features)]);

        TwoSampleTest made = TwoSampleTest.Run(fresh, Made(new BenignTraffic(space, 5), fresh.Length / held.Width), held.Width, 6, default);
        TwoSampleTest broken = TwoSampleTest.Run(fresh, Made(new MarginalRows(space, 5), fresh.Length / held.Width), held.Width, 6, default);

        Assert.InRange(made.Auc, 0.45, 0.55);
        Assert.InRange(broken.Auc, 0.8, 1);
        Assert.InRange(broken.PValue, 0, 1e-9);
    }

    [Fact]
    public void Made_rows_are_distinct_and_legal()
    {
        RowSpace space = RowSpace.Of(DrawnReference.Rows(300, 1), Width, DrawnReference.Columns);
        float[] rows = Made(new BenignTraffic(space, 3), 3_000);

        Assert.Equal(3_000, rows.Chunk(Width).Select(row => string.Join(' ', row)).Distinct().Count());
        Assert.All(rows.Chunk(Width), row =>
        {
            Assert.Equal(1, row[3] + row[4] + row[5]);
            Assert.InRange(row[0], space.Columns[0].Least, space.Columns[0].Most);
            Assert.Equal(MathF.Round(row[2]), row[2]);
        });
    }

    [Fact]
    public void Rows_without_numbers_run_out()
    {
        RowSpace space = RowSpace.Of([0, 0, 0, 1, 1, 0], 2);
        BenignTraffic traffic = new(space, 1);
        Made(traffic, 3);

        Assert.Throws<InvalidOperationException>(() => Made(traffic, 1));
    }

    // Under equal distributions p is uniform: of 60 tests few are under 0.1 (binomial, 99.9 %).
    [Fact]
    public void The_test_raises_few_false_alarms()
    {
        int low = Enumerable.Range(0, 60).AsParallel().Count(seed => TwoSampleTest.Run(
            DrawnReference.Rows(200, 100 + seed), DrawnReference.Rows(200, 200 + seed), Width, seed, default).PValue < 0.1);

        Assert.InRange(low, 0, 14);
    }

    private static float[] Made(QueryStream stream, int count)
    {
        float[] rows = new float[count * stream.Space.Width];
        for (int row = 0; row < count; row++)
        {
            stream.Draw(rows.AsSpan(row * stream.Space.Width, stream.Space.Width));
        }

        return rows;
    }
}
