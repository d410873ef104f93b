using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Drift;
using Governance.Audit.Drift.Distances;

namespace Governance.Audit.Tests.Drift;

public sealed class CompareColumnTests
{
    // By hand: 2 x 2 with 10, 20 | 20, 10; expected 15 each; with Yates 4 · 4.5² / 15 = 5.4.
    [Fact]
    public void The_two_sample_chi_square_corrects_two_cells_after_Yates()
    {
        ColumnDrift drift = Compare("chi2", Repeat(("a", 10), ("b", 20)), Repeat(("a", 20), ("b", 10)));

        Assert.Equal(5.4, drift.Statistic!.Value, 1e-12);
        Assert.Equal(0.020136751550346339, drift.PValue!.Value, 1e-12); // erfc(√2.7)
        Assert.Null(drift.ExactPValue);
    }

    // (0.5 − 0.25) ln 2 + (0.5 − 0.75) ln(2/3).
    [Fact]
    public void The_stability_index_is_the_symmetric_divergence() =>
        Assert.Equal((0.25 * Math.Log(2)) - (0.25 * Math.Log(2.0 / 3)), CellDistances.Stability([50, 50], [25, 75]), 1e-12);

    // p = (1/2, 1/2), q = (1, 0): m = (3/4, 1/4); JS in bits = ½(½ log₂(2/3) + ½ log₂ 2) + ½ log₂(4/3).
    [Fact]
    public void Distances_of_cells_are_their_formulas()
    {
        double bits = (0.5 * ((0.5 * Math.Log2(2.0 / 3)) + 0.5)) + (0.5 * Math.Log2(4.0 / 3));

        Assert.Equal(Math.Sqrt(bits), CellDistances.JensenShannon([5, 5], [7, 0]), 1e-12);
        Assert.Equal(Math.Sqrt(1 - Math.Sqrt(0.5)), CellDistances.Hellinger([5, 5], [7, 0]), 1e-12);
        Assert.Equal(0.5, CellDistances.TotalVariation([5, 5], [7, 0]), 1e-12);
        Assert.Equal(0.5, CellDistances.LargestDifference([5, 5], [7, 0]), 1e-12);
        Assert.Equal((0.5 * Math.Log(2)) + (0.5 * Math.Log(2.0 / 3)), CellDistances.KullbackLeibler([2, 2], [1, 3]), 1e-12);
        Assert.Equal(1, CellDistances.JensenShannon([3, 0], [0, 9]), 1e-12);
    }

    // Every distance of a sample from itself is 0, and from one moved by 2 it is 2 in Wasserstein's sense.
    [Fact]
    public void The_transport_distance_is_in_the_unit_of_the_column()
    {
        double[] values = [.. Enumerable.Range(0, 3_000).Select(i => Math.Sin(i) * 10)];
        Column reference = new NumberColumn("x", values);
        Column moved = new NumberColumn("x", [.. values.Select(value => value + 2)]);
        double deviation = Math.Sqrt(values.Sum(value => (value - values.Average()) * (value - values.Average())) / values.Length);

        Assert.Equal(2, Compare("wasserstein", reference, moved).Statistic!.Value, 1e-9);
        ColumnDrift normed = Compare("auto", reference, moved);
        Assert.Equal("wasserstein_normed", normed.Test);
        Assert.Equal(2 / deviation, normed.Statistic!.Value, 1e-9);
        Assert.True(normed.Drifted);
        Assert.False(Compare("auto", reference, reference).Drifted);
    }

    [Fact]
    public void The_choice_follows_kind_and_size()
    {
        Column few = Numbers(900, i => i % 97);
        Column many = Numbers(1_100, i => i % 97);
        Column flags = Numbers(1_100, i => i % 2);

        Assert.Equal("ks", Compare("auto", few, many).Test);
        Assert.Equal("wasserstein_normed", Compare("auto", many, few).Test);
        Assert.Equal("js", Compare("auto", flags, flags).Test);
        Assert.Equal("chi2", Compare("auto", Numbers(900, i => i % 2), flags).Test);
        Assert.Equal("chi2", Compare("auto", Repeat(("a", 20), ("b", 20)), Repeat(("a", 20), ("b", 20))).Test);
    }

    [Theory]
    [InlineData("js")]
    [InlineData("psi")]
    [InlineData("hellinger")]
    [InlineData("linf")]
    [InlineData("tvd")]
    [InlineData("kl")]
    [InlineData("wasserstein")]
    [InlineData("wasserstein_normed")]
    [InlineData("ks")]
    [InlineData("chi2")]
    [InlineData("auto")]
    public void A_constant_that_became_another_constant_has_drifted_by_every_test(string test)
    {
        ColumnDrift moved = Compare(test, Numbers(50, _ => 1), Numbers(40, _ => 1.0001));
        ColumnDrift stayed = Compare(test, Numbers(50, _ => 1), Numbers(40, _ => 1));
        ColumnDrift alone = Compare(test, Numbers(1, _ => 1), Numbers(1, _ => 2));

        Assert.True(moved.Drifted, test);
        Assert.NotNull(moved.Note);
        Assert.False(stayed.Drifted, test);
        Assert.Equal(0, stayed.Statistic);
        Assert.False(alone.Drifted, "one value a sample says nothing");
    }

    [Fact]
    public void A_rate_of_missing_cells_is_a_test_of_its_own()
    {
        Column before = Numbers(1_000, i => i % 10 == 0 ? double.NaN : i % 7);
        Column now = Numbers(1_000, i => i % 10 < 3 ? double.NaN : i % 7);

        ColumnDrift drift = Compare("ks", before, now);

        Assert.True(drift.PValue > 0.05);
        Assert.True(drift.Missing!.Drifted);
        Assert.True(drift.Drifted);
        Assert.StartsWith("the share of cells without a value went from 10 % to 30 %", drift.Note, StringComparison.Ordinal);
        Assert.Equal((100, 300), (drift.MissingReference, drift.MissingCurrent));
    }

    [Fact]
    public void Infinite_and_unreadable_cells_are_no_values()
    {
        Column before = Numbers(100, i => i % 11);
        Column now = TextColumn.Of("x", [.. Enumerable.Range(0, 100).Select(i => i switch { < 3 => "inf", < 5 => "oops", < 6 => null, _ => (i % 11).ToString(CultureInfo.InvariantCulture) })]);

        ColumnDrift drift = Compare("auto", before, now);

        Assert.Equal("ks", drift.Test);
        Assert.Equal((94, 1, 5), (drift.CurrentCount, drift.MissingCurrent, drift.UnusableCurrent));
        Assert.Contains("3 infinite cells of the current data", drift.Note, StringComparison.Ordinal);
        Assert.Contains("2 cells of the current data are no numbers", drift.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_without_values_is_not_measured_but_its_missing_cells_are()
    {
        ColumnDrift drift = Compare("auto", Numbers(60, i => i), Numbers(60, _ => double.NaN));

        Assert.Null(drift.Statistic);
        Assert.True(drift.Drifted);
        Assert.Contains("the current data has no value", drift.Note, StringComparison.Ordinal);
        Assert.Null(Compare("auto", Numbers(60, _ => double.NaN), Numbers(60, _ => double.NaN)).Drifted);
    }

    [Fact]
    public void Dates_are_compared_as_times_and_huge_numbers_do_not_overflow()
    {
        Column march = TextColumn.Of("day", [.. Enumerable.Range(1, 28).Select(day => $"2026-03-{day:00}")]);
        Column april = TextColumn.Of("day", [.. Enumerable.Range(1, 28).Select(day => $"2026-04-{day:00}")]);
        ColumnDrift dates = Compare("wasserstein", march, april);
        ColumnDrift huge = Compare("wasserstein_normed", Numbers(400, i => i == 0 ? 1e300 : i % 50), Numbers(400, i => i % 50));

        Assert.Equal("datetime", dates.Kind);
        Assert.Equal(31 * 86_400, dates.Statistic!.Value, 1e-6);
        Assert.True(double.IsFinite(huge.Statistic!.Value) && huge.Statistic > 0);
        Assert.False(huge.Drifted, "one far value in one sample is chance");
    }

    [Fact]
    public void New_and_vanished_levels_are_told_and_small_tables_are_judged_exactly()
    {
        ColumnDrift drift = Compare("chi2", Repeat(("a", 30), ("b", 3)), Repeat(("a", 28), ("c", 4)));

        Assert.Equal((1, 1), (drift.NewLevels, drift.VanishedLevels));
        Assert.Contains("1 new level: 'c'; 1 vanished level: 'b'", drift.Note, StringComparison.Ordinal);

        // All 33 + 32 values dealt anew: P(χ² ≥ observed) by the enumeration of the counts of a, b and c.
        Assert.Equal(Enumerated([33 - 3 + 28, 3, 4], 33, drift.Statistic!.Value), drift.ExactPValue!.Value, 0.01);
    }

    private static double Enumerated(int[] pooled, int n, double observed)
    {
        double all = 0;
        double extreme = 0;
        for (int a = 0; a <= pooled[0]; a++)
        {
            for (int b = 0; b <= pooled[1]; b++)
            {
                int c = n - a - b;
                if (c < 0 || c > pooled[2])
                {
                    continue;
                }

                double ways = Math.Exp(new[] { (pooled[0], a), (pooled[1], b), (pooled[2], c) }.Sum(cell => MathNet.Numerics.SpecialFunctions.BinomialLn(cell.Item1, cell.Item2)));
                all += ways;
                extreme += ChiSquare.Statistic([a, b, c], [pooled[0] - a, pooled[1] - b, pooled[2] - c]) >= observed - 1e-9 ? ways : 0;
            }
        }

        return extreme / all;
    }

    private static ColumnDrift Compare(string test, Column reference, Column current) =>
        CompareColumn.Run(PreparedColumn.Of(reference), current, new DriftOptions { Test = test });

    private static NumberColumn Numbers(int count, Func<int, double> value) => new("x", [.. Enumerable.Range(0, count).Select(value)]);

    private static TextColumn Repeat(params (string Level, int Count)[] levels) =>
        TextColumn.Of("c", [.. levels.SelectMany(level => Enumerable.Repeat(level.Level, level.Count))]);
}
