using Governance.Audit.Cases;
using Governance.Audit.Data;
using Governance.Audit.Runs;

namespace Governance.Audit.Tests.Cases;

public sealed class CaseOrderTests
{
    private static readonly ScoredTable Given = NearestCasesTests.Scored(
        TextColumn.Of("truth", ["no", "yes", null, "yes", "no"]), new NumberColumn("score", [0.9, 0.2, 0.45, 0.6, 0.1]), TextColumn.Of("said", ["yes", "no", "no", "yes", "no"]))
        with { Scores = ["score"], Label = "truth" };

    private static readonly int[] All = [0, 1, 2, 3, 4];

    [Fact]
    public void Each_choice_has_its_order()
    {
        Assert.Equal(All, CaseOrder.Of(Given, All, RowPick.First, null, 0));
        Assert.Equal([2, 3, 1, 0, 4], CaseOrder.Of(Given, All, RowPick.NearThreshold, null, 0));
        Assert.Equal([0, 1], CaseOrder.Of(Given, All, RowPick.Wrong, null, 0));
        Assert.Equal([1, 2, 4], CaseOrder.Of(Given, All, RowPick.First, "no", 0));
        Assert.Equal([3, 1], CaseOrder.Of(Given, [1, 3], RowPick.NearThreshold, null, 0));
    }

    [Fact]
    public void A_drawn_order_is_a_permutation_that_its_seed_repeats()
    {
        int[] rows = [.. Enumerable.Range(0, 5)];
        int[] drawn = CaseOrder.Of(Given, rows, RowPick.Random, null, 4);

        Assert.Equal(All, drawn.Order());
        Assert.Equal(drawn, CaseOrder.Of(Given, rows, RowPick.Random, null, 4));
        Assert.Equal([0, 1, 2, 3, 4], rows);
    }

    [Fact]
    public void Values_are_ordered_by_their_error()
    {
        ScoredTable values = NearestCasesTests.Scored(new NumberColumn("truth", [1, 2, double.NaN, 4]), new NumberColumn("said", [1.5, 5, 9, 4]))
            with { IsRegression = true, Label = "truth", Classes = null };

        Assert.Equal([1, 0, 3], CaseOrder.Of(values, [0, 1, 2, 3], RowPick.Wrong, null, 0));
        Assert.Throws<InputException>(() => CaseOrder.Of(values with { Label = null }, [0], RowPick.Wrong, null, 0));
        Assert.Throws<InputException>(() => CaseOrder.Of(values, [0], RowPick.NearThreshold, null, 0));
    }
}
