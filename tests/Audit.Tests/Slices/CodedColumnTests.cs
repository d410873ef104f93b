using Governance.Audit.Cohorts;
using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Slices;

namespace Governance.Audit.Tests.Slices;

public sealed class CodedColumnTests
{
    // Whatever set of parts a search or a tree comes to, its words mean these rows and no others.
    [Fact]
    public void Any_set_of_parts_reads_back_as_its_rows()
    {
        Table table = SliceGiven.Rows(400, 20);
        IReadOnlyList<CodedColumn> columns = CodeColumns.Of(table, [.. table.Columns.Select(column => column.Name)], 7, 20, []);
        SeededRandom random = new(20, 0);
        foreach (CodedColumn column in columns)
        {
            for (int round = 0; round < 40; round++)
            {
                // Numbers have no rare levels.
                ulong all = (1UL << column.Slots) - 1 - (column.IsOrdered ? 1UL << column.Other : 0);
                ulong codes = random.Next() & all;
                if (codes == 0 || codes == all)
                {
                    continue;
                }

                int[] expected = [.. Enumerable.Range(0, table.Rows).Where(row => (codes >> column.Codes[row] & 1) == 1)];
                Assert.Equal(expected, Cohort.Parse(column.Text(codes)).Rows(table));
            }
        }
    }

    [Fact]
    public void Names_and_values_with_quotes_and_keywords_read_back()
    {
        Table table = new([TextColumn.Of("not", ["a'b", "c\"d", "a'b", null]), TextColumn.Of("my \"own\" column", ["x", "y", "y", "x"])]);
        IReadOnlyList<CodedColumn> columns = CodeColumns.Of(table, ["not", "my \"own\" column"], 5, 1, []);

        Assert.Equal("\"not\" = 'a''b'", columns[0].Text(1));
        Assert.Equal([0, 2], Cohort.Parse(columns[0].Text(1)).Rows(table));
        Assert.Equal([3], Cohort.Parse(columns[0].Text(1UL << columns[0].Missing)).Rows(table));
        Assert.Equal([1, 2], Cohort.Parse(columns[1].Text(2)).Rows(table));
    }

    [Theory]
    [InlineData(3.20000004768372, 3.59999990463257, 3.5)]
    [InlineData(0.12341, 0.1236, 0.1235)]
    [InlineData(-0.36, -0.35, -0.36)]
    [InlineData(1, 2, 1)]
    [InlineData(12345, 12999, 12500)]
    [InlineData(1e300, 2e300, 1e300)]
    public void Limits_are_as_short_as_the_gap_allows(double low, double high, double expected)
    {
        double limit = ShortNumber.Between(low, high);

        Assert.Equal(expected, limit, 1e-12 * Math.Abs(expected));
        Assert.True(limit >= low && limit < high);
    }

    [Fact]
    public void A_limit_of_zero_has_no_sign() => Assert.False(double.IsNegative(ShortNumber.Between(-0.4, 0.3)));

    [Fact]
    public void Rare_levels_are_together_and_a_column_without_frequent_ones_is_left_out()
    {
        string[] cells = [.. Enumerable.Range(0, 100).Select(row => row < 90 ? "common" : $"id{row}")];
        List<SkippedColumn> skipped = [];
        IReadOnlyList<CodedColumn> columns = CodeColumns.Of(
            new Table([TextColumn.Of("a", cells), TextColumn.Of("id", [.. Enumerable.Range(0, 100).Select(row => $"id{row}")])]), ["a", "id"], 5, 10, skipped);

        Assert.Equal("a != 'common'", Assert.Single(columns).Text(2));
        Assert.Equal([new SkippedColumn("id", "no value occurs often enough")], skipped);
    }
}
