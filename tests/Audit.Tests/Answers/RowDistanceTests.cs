using Governance.Audit.Answers;
using Governance.Audit.Data;

namespace Governance.Audit.Tests.Answers;

public sealed class RowDistanceTests
{
    private static readonly Table Pool = new([new NumberColumn("age", [20, 30, 60, double.NaN]), TextColumn.Of("job", ["a", "b", "a", null])]);

    [Fact]
    public void The_distance_is_the_mean_of_shares_of_ranges_and_of_unequal_levels()
    {
        RowDistance distance = new(Pool, ["age", "job"]);
        Table row = new([new NumberColumn("age", [40]), TextColumn.Of("job", ["a"])]);

        Assert.Equal(0.25, distance.Of(Pool, 0, row), 1e-15); // (20/40 + 0) / 2
        Assert.Equal(0.625, distance.Of(Pool, 1, row), 1e-15);
        Assert.Equal(1, distance.Of(Pool, 3, row), 1e-15); // a missing cell is as far as can be
        Assert.Equal(0, distance.Of(Pool, 3, Pool.Take([3])), 1e-15);
    }

    [Fact]
    public void The_middle_is_the_lower_median_and_the_most_frequent_level()
    {
        Table middle = RowMiddle.Of(new Table([new NumberColumn("age", [5, 1, 9, 7]), TextColumn.Of("job", ["b", "a", "b", "a"])]));

        Assert.Equal((5, "a"), (middle.Need("age").Number(0), middle.Need("job").Text(0))); // of equals the first by name
    }

    [Fact]
    public void What_most_rows_lack_is_missing_in_the_middle()
    {
        Table middle = RowMiddle.Of(Pool.Take([0, 3, 3]));

        Assert.True(middle.Need("age").IsMissing(0) && middle.Need("job").IsMissing(0));
        Assert.Equal(2, RowMiddle.Stack([middle, Pool.Take([0])]).Rows);
    }
}
