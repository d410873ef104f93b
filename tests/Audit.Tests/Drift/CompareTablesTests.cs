using Governance.Audit.Data;
using Governance.Audit.Drift;

namespace Governance.Audit.Tests.Drift;

public sealed class CompareTablesTests
{
    [Fact]
    public void Columns_are_compared_by_their_kind_and_adjusted_together()
    {
        DriftReport report = CompareTables.Run(Rows(0), Rows(150), new DriftOptions(), 2, CancellationToken.None);

        Assert.Equal([("n", "ks", true), ("c", "chi2", false)], report.Columns.Select(column => (column.Name, column.Test, column.Drifted!.Value)));
        Assert.Equal(0.75, report.Columns[0].Statistic);
        Assert.Equal(0.5, report.Dataset.Share);
        Assert.True(report.Dataset.Drifted);
    }

    // Two p values, of values and of missing cells, and one correction over both: 0.03 and 0.03 stay 0.03 by BH and become 0.06 by Holm.
    [Fact]
    public void Missing_cells_and_values_share_one_family()
    {
        ColumnDrift one = new()
        {
            Name = "x", Kind = "numeric", Test = "ks", Statistic = 0.2, PValue = 0.03, Threshold = 0.05,
            ReferenceCount = 90, CurrentCount = 90, MissingReference = 10, MissingCurrent = 10,
            Missing = new RateDrift(0.1, 0.1, 0.03, 0.03, false),
        };

        Assert.Equal([0.03, 0.06, 0.06], ((string[])["bh", "holm", "none"]).Select(correction =>
            CompareTables.Together([one], new DriftOptions { Correction = correction }).Columns[0].AdjustedPValue!.Value));
    }

    [Fact]
    public void Text_has_no_order_and_a_column_that_is_not_there_is_named()
    {
        InputException text = Assert.Throws<InputException>(() => Run(new DriftOptions { Columns = ["c"], Test = "ks" }));
        InputException absent = Assert.Throws<InputException>(() => Run(new DriftOptions { Columns = ["z"] }));
        InputException word = Assert.Throws<InputException>(() => Run(new DriftOptions { Kinds = new Dictionary<string, string> { ["n"] = "colour" } }));
        InputException bins = Assert.Throws<InputException>(() => Run(new DriftOptions { Bins = "1" }));

        Assert.Equal("c", text.Column);
        Assert.Equal([false, null], Run(new DriftOptions { Test = "ks" }).Columns.Select(column => column.Drifted)); // not named, so passed over
        Assert.Contains("'z'", absent.Message, StringComparison.Ordinal);
        Assert.Contains("'colour'", word.Message, StringComparison.Ordinal);
        Assert.Contains("'1' is no way to bin numbers", bins.Message, StringComparison.Ordinal);
        Assert.Single(Run(new DriftOptions { Kinds = new Dictionary<string, string> { ["n"] = "ignore" } }).Columns);
        Assert.Equal("categorical", Run(new DriftOptions { Kinds = new Dictionary<string, string> { ["n"] = "categorical" } }).Columns[0].Kind);
    }

    // A change between columns that no column shows: x and y keep their distributions, their correlation turns round.
    [Fact]
    public void A_pure_change_between_columns_is_seen_by_the_joint_tests_alone()
    {
        Table before = Pairs(1);
        Table now = Pairs(-1);

        Assert.DoesNotContain(CompareTables.Run(before, now, new DriftOptions(), 1, CancellationToken.None).Columns, column => column.Drifted == true);
        Assert.True(CompareTables.Run(before, now, new DriftOptions { Test = "mmd" }, 1, CancellationToken.None).Dataset.Drifted);
        ColumnDrift classified = CompareTables.Run(before, now, new DriftOptions { Test = "classifier" }, 1, CancellationToken.None).Columns[0];
        Assert.True(classified.Drifted);
        Assert.StartsWith("logistic: area under the curve 0.", classified.Note, StringComparison.Ordinal);
        Assert.True(classified.Statistic > 0.8);
        Assert.False(CompareTables.Run(before, before, new DriftOptions { Test = "mmd" }, 1, CancellationToken.None).Dataset.Drifted);
    }

    [Fact]
    public void Counts_in_bins_are_enough_for_a_comparison()
    {
        BinnedColumn before = BinnedColumn.OfNumbers("x", [1, 2, 3], [100, 100, 100, 100], 410);
        BinnedColumn now = BinnedColumn.OfNumbers("x", [1, 2, 3], [40, 60, 140, 160], 400);

        ColumnDrift steps = CompareColumn.Run(before, now, new DriftOptions());
        ColumnDrift index = CompareColumn.Run(before, now, new DriftOptions { Test = "psi" });

        Assert.Equal(("ks", 0.25, 10), (steps.Test, steps.Statistic!.Value, steps.MissingReference));
        Assert.Equal((-0.15 * Math.Log(0.4)) - (0.1 * Math.Log(0.6)) + (0.1 * Math.Log(1.4)) + (0.15 * Math.Log(1.6)), index.Statistic!.Value, 1e-12);
        Assert.Throws<ArgumentException>(() => CompareColumn.Run(before, BinnedColumn.OfNumbers("x", [1, 2, 4], [1, 1, 1, 1], 4), new DriftOptions()));
        Assert.Throws<InputException>(() => CompareColumn.Run(before, now, new DriftOptions { Test = "wasserstein" }));
    }

    private static DriftReport Run(DriftOptions options) => CompareTables.Run(Rows(0), Rows(0), options, 1, CancellationToken.None);

    private static Table Rows(int shift) => CsvTable.Parse(
        "n,c\n" + string.Concat(Enumerable.Range(0, 200).Select(i => $"{i + shift},{(i % 2 == 0 ? "a" : "b")}\n")));

    private static Table Pairs(int sign)
    {
        double[] x = [.. Enumerable.Range(0, 240).Select(i => (i % 24) - 11.5)];
        double[] noise = [.. Enumerable.Range(0, 240).Select(i => (i * 7 % 10) - 4.5)];
        return new Table([new NumberColumn("x", x), new NumberColumn("y", [.. x.Select((value, i) => (sign * value) + (noise[i] / 10))])]);
    }
}
