using Governance.Audit.Data;
using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Inference;
using Governance.Audit.Robustness;

namespace Governance.Audit.Tests.Robustness;

public sealed class CellChangesTests
{
    [Fact]
    public void Noise_has_the_spread_asked_for_stays_in_range_and_keeps_whole_numbers_whole()
    {
        double[] values = [.. Enumerable.Range(0, 20_000).Select(i => i % 1000 / 1000.0)];
        TestedColumn fine = Number("x", values, 0.2887, whole: false);
        TestedColumn whole = Number("n", [.. values.Select(value => Math.Round(100 * value))], 28.87, whole: true);

        double[] moved = [.. ((NumberColumn)CellChanges.Noise(fine, 0.1, 1, 0, [], "0")).Values.ToArray().Select((value, row) => value - values[row])];
        double[] steps = ((NumberColumn)CellChanges.Noise(whole, 0.1, 1, 0, [], "0")).Values.ToArray();

        Assert.Equal(0.02887, Math.Sqrt(moved.Average(step => step * step)), 0.001);
        Assert.Equal(0, moved.Average(), 0.001);
        Assert.All(steps, step => Assert.True(step == Math.Round(step) && step is >= 0 and <= 100));
    }

    [Fact]
    public void Levels_are_redrawn_with_the_chance_asked_for_from_those_that_occur()
    {
        string?[] cells = [.. Enumerable.Range(0, 9_000).Select(i => i % 10 == 0 ? null : i % 3 == 0 ? "a" : "b")];
        TestedColumn column = Level(TextColumn.Of("level", cells));

        Column moved = CellChanges.Noise(column, 0.3, 1, 0, [], "0");

        Assert.All(Enumerable.Range(0, cells.Length), row => Assert.Equal(cells[row] is null, moved.IsMissing(row)));
        double changed = Enumerable.Range(0, cells.Length).Count(row => moved.Text(row) != cells[row]) / 8_100.0;

        // A third is "a": a redrawn cell differs with chance 2 · 1/3 · 2/3.
        Assert.Equal(0.3 * 4 / 9, changed, 0.02);
        Assert.Equal(["a", "b"], Enumerable.Range(0, cells.Length).Select(moved.Text).OfType<string>().Distinct().Order());
    }

    [Fact]
    public void Unseen_levels_are_unlike_all_that_data_and_encoding_know()
    {
        TestedColumn text = Level(TextColumn.Of("t", ["a", "(unseen)", null]), ["b", "(unseen)'"]);
        TestedColumn number = Level(new NumberColumn("n", [1, 2, double.NaN]), ["7"]);

        Assert.Equal("(unseen)''", CellChanges.Unseen(text, 1, 1, 0).Text(0));
        Assert.Equal(8, CellChanges.Unseen(number, 1, 1, 0).Number(0));
    }

    [Fact]
    public void More_cells_are_emptied_with_a_larger_chance_and_the_same_ones_stay_empty()
    {
        TestedColumn column = Number("x", [.. Enumerable.Range(0, 5_000).Select(i => (double)i)], 1, whole: true);

        Column few = CellChanges.Missing(column, 0.1, 3, 0);
        Column many = CellChanges.Missing(column, 0.4, 3, 0);

        Assert.InRange(Enumerable.Range(0, 5_000).Count(few.IsMissing), 430, 570);
        Assert.All(Enumerable.Range(0, 5_000).Where(few.IsMissing), row => Assert.True(many.IsMissing(row)));
    }

    [Fact]
    public void Out_of_range_lies_outside_by_the_share_asked_for_and_winsorised_within_the_quantiles()
    {
        TestedColumn column = Number("x", [.. Enumerable.Range(0, 101).Select(i => (double)i)], 1, whole: false);

        double[] outside = ((NumberColumn)CellChanges.OutOfRange(column, 0.5, [.. Enumerable.Repeat(true, 101)], 1, 0)).Values.ToArray();
        double[] inside = ((NumberColumn)CellChanges.Winsorised(column, 0.05)).Values.ToArray();

        Assert.Equal([-50, 150], outside.Distinct().Order());
        Assert.Equal((5, 95), (inside.Min(), inside.Max()));
        Assert.Equal([0, 50, 100], ((NumberColumn)CellChanges.Quantised(column, 3)).Values.ToArray().Distinct().Order());
    }

    [Fact]
    public void Dropped_tokens_close_ranks_and_padding_stays_at_the_end()
    {
        InputTensor tensor = new("ids", new long[] { 5, 6, 7, 0, 8, 9, 0, 0 }, 4, [4]);

        long[] none = (long[])TokenPerturbations.Dropped(tensor, "0", 0, 1, 0).Values;
        long[] all = (long[])TokenPerturbations.Dropped(tensor, "0", 1, 1, 0).Values;
        string[] texts = (string[])TokenPerturbations.Dropped(new InputTensor("words", new[] { "a", "b", "" }, 3, [3]), "0", 1, 1, 0).Values;

        Assert.Equal([5, 6, 7, 0, 8, 9, 0, 0], none);
        Assert.Equal([5, 0, 0, 0, 8, 0, 0, 0], all);
        Assert.Equal(["a", "", ""], texts);
        for (int stream = 0; stream < 20; stream++)
        {
            long[] some = (long[])TokenPerturbations.Dropped(tensor, "0", 0.5, 1, stream).Values;
            Assert.All([some[..4], some[4..]], row =>
            {
                long[] kept = [.. row.TakeWhile(token => token != 0)];
                Assert.All(row.Skip(kept.Length), token => Assert.Equal(0, token));
                Assert.Equal(kept.Order(), kept);
            });
        }
    }

    private static TestedColumn Number(string name, double[] values, double spread, bool whole) => new(
        3, new ReadableColumn(name, new NumberColumn(name, values), true, whole, [], null, null), ColumnRole.Number, spread, values.Min(), values.Max(), whole);

    private static TestedColumn Level(Column cells, IReadOnlyList<string>? known = null) =>
        new(4, new ReadableColumn(cells.Name, cells, false, false, [], known, null), ColumnRole.Level, 0, double.NaN, double.NaN, false);
}
