using Governance.Audit.Comparisons;

namespace Governance.Audit.Tests.Comparisons;

public sealed class ScoreCellsTests
{
    [Fact]
    public void Every_row_with_both_scores_is_in_one_cell_and_flips_are_counted_where_they_are()
    {
        Random random = new(11);
        const int Rows = 5_000;
        double[] a = [.. Enumerable.Range(0, Rows).Select(row => row % 50 == 0 ? double.NaN : random.NextDouble())];
        double[] b = [.. Enumerable.Range(0, Rows).Select(_ => random.NextDouble())];
        bool[] gained = [.. a.Zip(b, (x, y) => x < 0.5 && y >= 0.5)];
        bool[] lost = [.. a.Zip(b, (x, y) => x >= 0.5 && y < 0.5)];

        ScoreGrid grid = ScoreCells.Count(a, b, gained, lost, unit: true)!;

        Assert.Equal((0, 1), (grid.Low, grid.High));
        Assert.Equal(4_900, grid.Cells.Sum(cell => cell.Count));
        foreach (ScoreCell cell in grid.Cells.Take(200))
        {
            int[] rows = [.. Enumerable.Range(0, Rows).Where(row => (int)(a[row] * grid.Bins) == cell.A && (int)(b[row] * grid.Bins) == cell.B && !double.IsNaN(a[row]))];
            Assert.Equal((rows.Length, rows.Count(row => gained[row]), rows.Count(row => lost[row])), (cell.Count, cell.Gained, cell.Lost));
        }
    }

    [Fact]
    public void Values_span_the_grid_from_the_least_to_the_largest_of_both()
    {
        ScoreGrid grid = ScoreCells.Count([-10, 0, 5], [0, 2, 30], [], [], unit: false)!;

        Assert.Equal((-10, 30), (grid.Low, grid.High));
        Assert.Equal([(0, 12), (12, 14), (18, 47)], grid.Cells.Select(cell => (cell.A, cell.B)));
        Assert.Equal(-10 + (40 * 0.5 / 48), grid.Middle(0), 12);
    }

    [Fact]
    public void A_constant_has_a_grid_and_nothing_has_none()
    {
        Assert.Equal((2.5, 3.5), (ScoreCells.Count([3], [3], [], [], false)!.Low, ScoreCells.Count([3], [3], [], [], false)!.High));
        Assert.Null(ScoreCells.Count([double.NaN], [1], [], [], true));
        Assert.Throws<ArgumentException>(() => ScoreCells.Count([1], [1, 2], [], [], true));
    }
}
