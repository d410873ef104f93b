using Governance.Audit.Data;
using Governance.Audit.Explanations.Profiles;

namespace Governance.Audit.Tests.Explanations.Profiles;

public sealed class LevelOrderTests
{
    [Fact]
    public void Numbers_of_the_encoding_come_first_then_likeness_then_names()
    {
        Table table = new([TextColumn.Of("class", ["b", "a", "c", "b"]), new NumberColumn("income", [1, 2, 3, 4])]);
        GivenProfile given = new(table, row => 0);
        ReadableColumn ranked = given.Column("class") with { Ranks = new Dictionary<string, double> { ["c"] = 1, ["a"] = 2, ["b"] = 3 } };

        Assert.Equal((IEnumerable<string>)["c", "a", "b"], LevelOrder.Sort(["a", "b", "c"], ranked, table, ["class", "income"], "auto").Levels);
        Assert.Equal("encoding", LevelOrder.Sort(["a", "b", "c"], ranked, table, ["class", "income"], "auto").Order);
        Assert.Equal("similarity", given.Axis("class").Order);
        Assert.Equal(["a", "b", "c"], given.Axis("class", order: "level").Levels);
        Assert.Throws<InputException>(() => given.Axis("class", order: "size"));
    }

    [Fact]
    public void A_level_between_two_others_stands_between_them()
    {
        string[] level = ["low", "zmid", "high"];
        int[] shift = [0, 10, 20];
        Table table = new(
        [
            TextColumn.Of("class", [.. Enumerable.Range(0, 90).Select(i => level[i / 30])]),
            new NumberColumn("income", [.. Enumerable.Range(0, 90).Select(i => (double)((i % 30) + shift[i / 30]))]),
        ]);

        ProfileAxis axis = new GivenProfile(table, row => 0).Axis("class");

        Assert.Equal("zmid", axis.Levels![1]);
    }

    [Fact]
    public void Distances_are_the_largest_gap_of_distribution_functions_or_half_the_difference_of_shares()
    {
        int[] codes = [0, 0, 0, 0, 1, 1, -1];
        double[] numbers = new double[4];
        LevelDistance.Add(new NumberColumn("x", [1, 2, 3, 4, 3, 9, 100]), codes, 2, numbers);
        double[] levels = new double[4];
        LevelDistance.Add(TextColumn.Of("y", ["a", "a", "b", "b", "a", "a", "b"]), codes, 2, levels);

        // At 2 the first has reached 2/4 and the second 0; at 4 it is 1 against 1/2.
        Assert.Equal([0, 0.5, 0.5, 0], numbers);
        Assert.Equal([0, 0.5, 0.5, 0], levels);
    }
}
