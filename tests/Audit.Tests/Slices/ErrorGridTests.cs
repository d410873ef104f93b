using Governance.Audit.Data;
using Governance.Audit.Slices;

namespace Governance.Audit.Tests.Slices;

public sealed class ErrorGridTests
{
    // Errors are planted in one cell: half of its rows are wrong, a twentieth elsewhere.
    [Fact]
    public void Confirms_the_cell_with_planted_errors_and_no_other()
    {
        (Table table, SliceRows rows) = Given(2_000, planted: 0.5);

        ErrorGrid grid = ErrorGrid.Of(table, rows, "city", "age", 4, 20, new SliceOptions { Seed = 7 });

        GridCell worst = Assert.Single(grid.Cells, cell => cell.Confirmed);
        Assert.Equal("city = 'b' and age > 65", worst.Where); // the last quarter of ages 20 to 79 begins at 65; errors are planted from 63 on
        Assert.True(worst.HeldOut.Value > 0.35 && worst.Discovery.Value > 0.35);
        Assert.Equal(2_000, grid.Cells.Sum(cell => cell.Discovery.Rows + cell.HeldOut.Rows));
        Assert.Equal(1_000, grid.HeldOut.Rows);
    }

    [Fact]
    public void Confirms_nothing_where_errors_fall_anywhere()
    {
        (Table table, SliceRows rows) = Given(2_000, planted: 0.05);

        Assert.DoesNotContain(ErrorGrid.Of(table, rows, "city", "age", 4, 20, new SliceOptions { Seed = 7 }).Cells, cell => cell.Confirmed);
    }

    // A cell's mean is the mean of the rows that its own condition names.
    [Fact]
    public void A_cell_is_the_cohort_that_it_names()
    {
        (Table table, SliceRows rows) = Given(600, planted: 0.3);

        ErrorGrid grid = ErrorGrid.Of(table, rows, "city", "age", 4, 10, new SliceOptions { Seed = 3 });

        foreach (GridCell cell in grid.Cells)
        {
            int[] own = Governance.Audit.Cohorts.Cohort.Parse(cell.Where).Rows(table);
            Assert.Equal(own.Length, cell.Discovery.Rows + cell.HeldOut.Rows);
            double wrong = (cell.Discovery.Rows == 0 ? 0 : cell.Discovery.Rows * cell.Discovery.Value) + (cell.HeldOut.Rows == 0 ? 0 : cell.HeldOut.Rows * cell.HeldOut.Value);
            Assert.Equal(own.Sum(row => rows.Losses[row]), wrong, 1e-9);
        }
    }

    [Fact]
    public void Refuses_a_column_twice_and_one_that_cannot_part_rows()
    {
        (Table table, SliceRows rows) = Given(100, planted: 0.3);

        Assert.Throws<InputException>(() => ErrorGrid.Of(table, rows, "age", "age", 4, 10, new SliceOptions()));
        Assert.Throws<InputException>(() => ErrorGrid.Of(table, rows, "age", "same", 4, 10, new SliceOptions()));
    }

    private static (Table Table, SliceRows Rows) Given(int count, double planted)
    {
        Random random = new(12);
        string[] city = [.. Enumerable.Range(0, count).Select(_ => random.Next(2) == 0 ? "a" : "b")];
        double[] age = [.. Enumerable.Range(0, count).Select(_ => (double)random.Next(20, 80))];
        double[] losses = [.. Enumerable.Range(0, count).Select(row => random.NextDouble() < (city[row] == "b" && age[row] > 62 ? planted : 0.05) ? 1.0 : 0)];
        return (
            new Table([TextColumn.Of("city", city), new NumberColumn("age", age), TextColumn.Of("same", Enumerable.Repeat("x", count).ToArray())]),
            new SliceRows { Metric = SliceMetric.ErrorRate, Losses = losses, Strata = new int[count], StratifiedBy = "label", Used = ["y"] });
    }
}
