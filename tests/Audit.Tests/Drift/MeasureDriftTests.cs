using Governance.Audit.Data;
using Governance.Audit.Drift;

namespace Governance.Audit.Tests.Drift;

public sealed class MeasureDriftTests
{
    // By hand: 2 x 2 with 10, 20 | 20, 10; expected 15 each; with Yates 4 · 4.5² / 15 = 5.4.
    [Fact]
    public void The_two_sample_chi_square_corrects_two_cells_after_Yates()
    {
        (double statistic, double p) = CountTests.ChiSquare([10, 20], [20, 10]);

        Assert.Equal(5.4, statistic, 1e-12);
        Assert.Equal(0.020136751550346339, p, 1e-12); // erfc(√2.7)
    }

    // (0.5 − 0.25) ln 2 + (0.5 − 0.75) ln(2/3).
    [Fact]
    public void The_stability_index_is_the_symmetric_divergence() =>
        Assert.Equal((0.25 * Math.Log(2)) - (0.25 * Math.Log(2.0 / 3)), CountTests.Stability([50, 50], [25, 75]), 1e-12);

    [Fact]
    public void Columns_are_compared_by_their_kind_and_adjusted_together()
    {
        Table before = CsvTable.Parse("n,c\n" + string.Concat(Enumerable.Range(0, 200).Select(i => $"{i},{(i % 2 == 0 ? "a" : "b")}\n")));
        Table now = CsvTable.Parse("n,c\n" + string.Concat(Enumerable.Range(0, 200).Select(i => $"{i + 150},{(i % 2 == 0 ? "a" : "b")}\n")));

        DriftReport report = MeasureDrift.Run(before, now, new DriftMeasures(null, "auto", "bh", 0.05), 2, CancellationToken.None);

        Assert.Equal([("n", "ks", true), ("c", "chi2", false)], report.Columns.Select(column => (column.Name, column.Test, column.Drifted!.Value)));
        Assert.Equal(0.75, report.Columns[0].Statistic);
        Assert.Equal(0.5, report.Dataset.Share);
    }

    [Fact]
    public void A_constant_that_moved_is_seen_by_the_stability_index()
    {
        Table before = CsvTable.Parse("n\n" + string.Concat(Enumerable.Repeat("1\n", 50)));
        Table now = CsvTable.Parse("n\n" + string.Concat(Enumerable.Repeat("2\n", 50)));

        DriftReport report = MeasureDrift.Run(before, now, new DriftMeasures(["n"], "psi", "bh", 0.05), 1, CancellationToken.None);

        Assert.True(report.Columns[0].Drifted);
    }

    [Fact]
    public void A_column_without_values_is_named_and_text_has_no_order()
    {
        Table before = CsvTable.Parse("n,c\n1,a\n2,b\n");
        Table now = CsvTable.Parse("n,c\n,a\n,b\n");

        DriftReport report = MeasureDrift.Run(before, now, new DriftMeasures(["n"], "auto", "none", 0.05), 1, CancellationToken.None);

        Assert.Null(report.Columns[0].Drifted);
        Assert.Equal("the current data has no value", report.Columns[0].Note);
        Assert.Throws<InputException>(() => MeasureDrift.Run(before, now, new DriftMeasures(["c"], "ks", "none", 0.05), 1, CancellationToken.None));
    }
}
