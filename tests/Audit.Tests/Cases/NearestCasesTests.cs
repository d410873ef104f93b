using Governance.Audit.Cases;
using Governance.Audit.Data;
using Governance.Audit.Runs;

namespace Governance.Audit.Tests.Cases;

public sealed class NearestCasesTests
{
    private const int Rows = 300;

    // Written down from Gower's formula, with a loop over all pairs and no shared code.
    [Fact]
    public void The_nearest_are_those_of_a_brute_force_search_and_ties_go_to_the_earlier_row()
    {
        ScoredTable scored = Given();
        Table table = scored.Table;
        foreach (int row in (int[])[0, 17, 121, 299])
        {
            Neighbourhood found = NearestCases.Of(scored, row, ["a", "b", "kind"], 5, 40, default);

            (int Row, double Far)[] order = [.. Enumerable.Range(0, Rows).Where(at => at != row).Select(at => (at, Distance(table, at, row))).OrderBy(pair => pair.Item2).ThenBy(pair => pair.at)];
            string own = table.Need("said").Text(row)!;
            (int Row, double Far)[] alike = [.. order.Where(pair => table.Need("said").Text(pair.Row) == own).Take(5)];
            Assert.Equal(alike.Select(pair => pair.Row), found.Alike.Select(near => near.Row));
            Assert.All(alike.Zip(found.Alike), pair => Assert.Equal(pair.First.Far, pair.Second.Distance, 1e-12));
            Assert.Equal(order.Where(pair => table.Need("said").Text(pair.Row) != own).Take(5).Select(pair => pair.Row), found.Otherwise.Select(near => near.Row));
            Assert.Equal(order.Take(40).Count(pair => table.Need("said").Text(pair.Row) == own), found.AroundAlike);
            Assert.Equal(Enumerable.Range(0, Rows).Count(at => at != row && table.Need("said").Text(at) == own) / (Rows - 1.0), found.OverallAlike!.Value, 1e-12);
            Assert.True(found.Interval!.Value.Low <= found.AroundAlike / 40.0 && found.AroundAlike / 40.0 <= found.Interval.Value.High);
        }
    }

    [Fact]
    public void Rows_with_the_same_cells_that_are_decided_otherwise_are_counted()
    {
        ScoredTable scored = Scored(
            new NumberColumn("a", [1, 1, 1, 2]), TextColumn.Of("kind", ["x", "x", "x", "y"]), TextColumn.Of("said", ["no", "yes", "no", "no"]));

        Neighbourhood found = NearestCases.Of(scored, 0, ["a", "kind"], 3, 3, default);

        Assert.Equal((2, 1), (found.Twins, found.TwinsOtherwise));
        Assert.Empty(found.Otherwise[0].Differs);
        Assert.Equal(["a", "kind"], found.Alike[1].Differs);
    }

    [Fact]
    public void Values_are_compared_by_the_half_that_they_lie_in()
    {
        ScoredTable scored = Scored(new NumberColumn("a", [1, 2, 3, 4]), TextColumn.Of("kind", ["x", "x", "x", "x"]), new NumberColumn("said", [10, 20, 30, 40])) with { IsRegression = true };

        Neighbourhood found = NearestCases.Of(scored, 3, ["a"], 4, 3, default);

        Assert.Equal(NearestCases.Higher, found.Decision);
        Assert.Equal([2], found.Alike.Select(near => near.Row));
        Assert.Equal([1, 0], found.Otherwise.Select(near => near.Row));
        Assert.Equal(20, found.Otherwise[0].Score);
    }

    [Fact]
    public void Nothing_readable_or_no_such_row_is_a_sentence()
    {
        ScoredTable scored = Given();

        Assert.Contains("No column of the model is readable", Assert.Throws<InputException>(() => NearestCases.Of(scored, 0, [], 1, 1, default)).Message, StringComparison.Ordinal);
        Assert.Contains("rows 0 to 299", Assert.Throws<InputException>(() => NearestCases.Of(scored, Rows, ["a"], 1, 1, default)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_alone_has_no_neighbours()
    {
        Neighbourhood found = NearestCases.Of(Scored(new NumberColumn("a", [1]), TextColumn.Of("kind", ["x"]), TextColumn.Of("said", ["no"])), 0, ["a"], 3, 3, default);

        Assert.Equal((0, null, null), (found.Around, found.Interval, found.OverallAlike));
        Assert.Empty(found.Alike);
    }

    private static double Distance(Table table, int one, int other)
    {
        double[] range = [.. ((string[])["a", "b"]).Select(name => Numbers(table, name).Max() - Numbers(table, name).Min())];
        double sum = table.Need("kind").Text(one) == table.Need("kind").Text(other) ? 0 : 1;
        for (int i = 0; i < 2; i++)
        {
            Column column = table.Need(i == 0 ? "a" : "b");
            sum += column.IsMissing(one) && column.IsMissing(other) ? 0
                : column.IsMissing(one) || column.IsMissing(other) ? 1
                : Math.Abs(column.Number(one) - column.Number(other)) / range[i];
        }

        return sum / 3;
    }

    private static double[] Numbers(Table table, string name) => [.. Enumerable.Range(0, table.Rows).Select(table.Need(name).Number).Where(double.IsFinite)];

    // Few distinct values, so that there are ties and twins.
    private static ScoredTable Given()
    {
        Random random = new(8);
        double[] a = [.. Enumerable.Range(0, Rows).Select(_ => random.Next(10) == 0 ? double.NaN : random.Next(6))];
        double[] b = [.. Enumerable.Range(0, Rows).Select(_ => random.Next(20) == 0 ? double.NaN : Math.Round(random.NextDouble(), 2))];
        string?[] kind = [.. Enumerable.Range(0, Rows).Select(_ => random.Next(12) == 0 ? null : "xyz"[random.Next(3)].ToString())];
        string[] said = [.. Enumerable.Range(0, Rows).Select(_ => random.Next(4) == 0 ? "yes" : "no")];
        return Scored(new NumberColumn("a", a), new NumberColumn("b", b), TextColumn.Of("kind", kind), TextColumn.Of("said", said));
    }

    internal static ScoredTable Scored(params Column[] columns) => new()
    {
        Table = new Table(columns), Prediction = "said", Classes = ["no", "yes"], Positive = "yes", Favourable = "no",
    };
}
