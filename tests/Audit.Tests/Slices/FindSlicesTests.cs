using System.Text.Json;
using Governance.Audit.Cohorts;
using Governance.Audit.Data;
using Governance.Audit.Runs;
using Governance.Audit.Slices;

namespace Governance.Audit.Tests.Slices;

public sealed class FindSlicesTests
{
    private static readonly SliceOptions Options = new() { Seed = 3 };

    [Fact]
    public void A_planted_conjunction_is_found_and_confirmed()
    {
        Table table = SliceGiven.Rows(6_000, 1);
        SliceRows rows = SliceGiven.Errors(table, row => table.Need("region").Text(row) == "south" && table.Need("age").Number(row) > 54 ? 0.6 : 0.1, 1);

        SlicesReport report = Run(table, rows, Options);

        WeakSlice first = report.Slices[0];
        Assert.True(first.Confirmed);
        Assert.Contains("region = 'south'", first.Conditions);
        Assert.Contains(first.Conditions, condition => condition.StartsWith("age > 5", StringComparison.Ordinal));
        Assert.Equal(2, first.Conditions.Count);
        Assert.InRange(first.Difference, 0.35, 0.65);
        Assert.InRange(first.Difference, first.DifferenceInterval![0], first.DifferenceInterval[1]);
    }

    // Neither half of the pair is weak by itself, so a search that keeps only weak ones would never come there.
    [Fact]
    public void A_pair_that_is_weak_only_together_is_found()
    {
        Table table = SliceGiven.Rows(8_000, 2);
        SliceRows rows = SliceGiven.Errors(table, row => (table.Need("grade").Number(row) <= 2) == (table.Need("noise2").Number(row) > 0.6) ? 0.35 : 0.05, 2);

        SlicesReport report = Run(table, rows, Options with { Depth = 2 });

        string[] together = [.. report.Slices.Where(slice => slice.Confirmed).Select(slice => slice.Where)];
        Assert.Contains(together, where => where.Contains("grade <= 2", StringComparison.Ordinal) && where.Contains("noise2 > 0.6", StringComparison.Ordinal));
        Assert.Contains(together, where => where.Contains("grade >= 3", StringComparison.Ordinal) && where.Contains("noise2 <= 0.6", StringComparison.Ordinal));
    }

    [Fact]
    public void Three_conditions_are_found_by_the_beam_and_by_the_tree()
    {
        Table table = SliceGiven.Rows(12_000, 3);
        bool Weak(int row) => table.Need("region").Text(row) is "north" or "west" && table.Need("grade").Number(row) >= 4 && table.Need("noise1").Number(row) <= 0.5;
        SliceRows rows = SliceGiven.Errors(table, row => Weak(row) ? 0.7 : 0.1, 3);

        SlicesReport beam = Run(table, rows, Options with { ErrorTree = false });
        SlicesReport tree = Run(table, rows, Options with { BeamSearch = false });

        // A single level is a condition of the beam; the tree puts levels together.
        Assert.Contains(beam.Slices, slice => slice.Confirmed && slice.Conditions.Count == 3 && slice.HeldOut.Value > 0.6);
        WeakSlice whole = tree.Slices[0];
        Assert.Equal(["region in ('north', 'west')", "grade >= 4", "noise1 <= 0.5"], whole.Conditions);
        Assert.Equal(SliceMethod.Tree, whole.Method);
        Assert.InRange(whole.HeldOut.Value, 0.6, 0.8);
    }

    [Fact]
    public void Every_slice_reads_back_as_a_cohort_of_the_same_rows()
    {
        Table table = SliceGiven.Rows(3_000, 4);
        SliceRows rows = SliceGiven.Errors(table, row => table.Need("region").IsMissing(row) || table.Need("income per month").Number(row) > 8000 ? 0.5 : 0.1, 4);

        SlicesReport report = Run(table, rows, Options with { Carried = 200, Overlap = 1 });

        Assert.NotEmpty(report.Slices);
        Assert.Contains(report.Slices, slice => slice.Where.Contains("region is missing", StringComparison.Ordinal));
        Assert.All(report.Slices, slice =>
        {
            int[] members = Cohort.Parse(slice.Where).Rows(table);
            Assert.Equal(slice.Discovery.Rows + slice.HeldOut.Rows, members.Length);
            double wrong = members.Sum(row => rows.Losses[row]);
            Assert.Equal(wrong, (slice.Discovery.Value * slice.Discovery.Rows) + (slice.HeldOut.Rows == 0 ? 0 : slice.HeldOut.Value * slice.HeldOut.Rows), 1e-6);
        });
        Assert.All(report.Tree.Skip(1), node => Assert.NotEmpty(Cohort.Parse(node.Where).Rows(table)));
    }

    [Fact]
    public void Slices_of_nearly_the_same_rows_are_folded_under_one()
    {
        Table plain = SliceGiven.Rows(4_000, 5);
        TextColumn copy = TextColumn.Of("copy", [.. Enumerable.Range(0, plain.Rows).Select(row => plain.Need("region").Text(row) == "east" ? "yes" : "no")]);
        Table table = new([.. plain.Columns, copy]);
        SliceRows rows = SliceGiven.Errors(table, row => copy.Text(row) == "yes" ? 0.4 : 0.1, 5);

        SlicesReport report = Run(table, rows, Options);

        WeakSlice first = report.Slices[0];
        Assert.Single(report.Slices, slice => slice.Where is "region = 'east'" or "copy = 'yes'");
        Assert.Contains(first.Similar, similar => similar.Overlap == 1 && similar.Where != first.Where);
        Assert.DoesNotContain(report.Slices.Skip(1), slice => slice.Confirmed && slice.Where.Contains("east", StringComparison.Ordinal));
    }

    // Under no difference at all, a run should confirm anything in about 5 % of cases; 60 runs give at most 9 of them but once in 1,000.
    [Fact]
    public void Noise_is_seldom_confirmed()
    {
        int alarms = 0;
        for (int run = 0; run < 60; run++)
        {
            Table table = SliceGiven.Rows(800, 100 + run);
            alarms += Run(table, SliceGiven.Errors(table, _ => 0.2, 100 + run), Options with { Depth = 2, MinRows = 40, Beam = 40 }).Slices.Any(slice => slice.Confirmed) ? 1 : 0;
        }

        Assert.InRange(alarms, 0, 9);
    }

    [Fact]
    public void Whole_weights_are_repeated_rows_in_every_figure_where_it_is_found()
    {
        Table table = SliceGiven.Rows(2_000, 6);
        double[] weights = [.. Enumerable.Range(0, table.Rows).Select(row => table.Need("grade").Number(row) == 3 ? 4.0 : 1)];
        SliceRows rows = SliceGiven.Errors(table, row => table.Need("grade").Number(row) == 3 ? 0.5 : 0.1, 6, weights);

        SlicesReport report = Run(table, rows, Options with { Depth = 1, ErrorTree = false });

        WeakSlice first = report.Slices[0];
        Assert.Equal("grade = 3", first.Where);
        double total = weights.Zip(rows.Losses, (weight, loss) => weight * loss).Sum();
        Assert.InRange(((report.Discovery.Value + report.HeldOut.Value) / 2) - (total / weights.Sum()), -0.02, 0.02);
        Assert.True(report.Weighted);
        Assert.True(first.Confirmed);
    }

    [Fact]
    public void Losses_of_numbers_are_compared_as_Welch_does()
    {
        Table table = SliceGiven.Rows(3_000, 7);
        Governance.Audit.Explanations.SeededRandom random = new(7, 2);
        double[] losses = [.. Enumerable.Range(0, table.Rows).Select(row => random.NextDouble() * (table.Need("noise3").Number(row) > 0.7 ? 3 : 1))];

        SlicesReport report = Run(table, SliceGiven.Losses(table, SliceMetric.SquaredError, losses), Options);

        WeakSlice first = report.Slices[0];
        Assert.True(first.Confirmed);
        Assert.Equal("noise3 > 0.7", first.Where);
        Assert.Equal(1.0, first.Difference, 0.15);
    }

    [Fact]
    public void Rows_that_a_rate_does_not_count_are_left_out()
    {
        Table table = SliceGiven.Rows(3_000, 8);
        double[] losses = [.. SliceGiven.Errors(table, _ => 0.2, 8).Losses.Select((loss, row) => row % 3 == 0 ? double.NaN : loss)];

        SlicesReport report = Run(table, SliceGiven.Losses(table, SliceMetric.FalsePositiveRate, losses), Options);

        Assert.Equal(1_000, report.Split.NotCounted);
        Assert.Equal(2_000, report.Discovery.Rows + report.HeldOut.Rows);
    }

    [Fact]
    public void Threads_do_not_change_a_byte()
    {
        Table table = SliceGiven.Rows(2_000, 9);
        SliceRows rows = SliceGiven.Errors(table, row => table.Need("noise0").Number(row) > 0.8 ? 0.4 : 0.1, 9);

        Assert.Equal(Bytes(Run(table, rows, Options)), Bytes(Run(table, rows, Options with { Threads = 2 })));
        Assert.NotEqual(Bytes(Run(table, rows, Options)), Bytes(Run(table, rows, Options with { Seed = 4 })));
    }

    [Fact]
    public void Refuses_what_cannot_be_searched()
    {
        Table table = SliceGiven.Rows(200, 10);
        SliceRows rows = SliceGiven.Errors(table, _ => 0.2, 10) with { Used = ["grade"] };

        Assert.Throws<InputException>(() => Run(table, rows, Options with { Depth = 4 }));
        Assert.Throws<InputException>(() => Run(table, rows, Options with { MinRows = 150 }));
        Assert.Throws<InputException>(() => Run(table, rows, Options with { MinRows = 20, Columns = ["grade"] }));
        Assert.Throws<InputException>(() => Run(table, rows, Options with { MinRows = 20, Columns = ["absent"] }));
        Assert.Equal([new SkippedColumn("flat", "all rows are alike")], Run(
            new Table([.. table.Columns, new NumberColumn("flat", new double[200])]), rows, Options with { MinRows = 20 }).Skipped);
    }

    private static SlicesReport Run(Table table, SliceRows rows, SliceOptions options) => FindSlices.Run(table, rows, options, null, default);

    private static string Bytes(SlicesReport report) => JsonSerializer.Serialize(report, ReportJson.Options);
}
