using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Data.Duplicates;

namespace Governance.Audit.Tests.Data;

public sealed class DuplicateTests
{
    [Fact]
    public void Finds_rows_that_repeat_and_rows_that_contradict_themselves()
    {
        Table table = CsvTable.Parse("x,z,y\n1,a,no\n1.0,a,no\n2,b,no\n2,b,yes\n3,,no\n3,,no\n3,,no\n");

        RepeatedRows found = FindDuplicates.Run(table, null, "y", [], null).A;

        Assert.Equal((7, 3, 2, 3, 2), (found.Rows, found.Repeated, found.Groups, found.Largest, found.Contradicting!.Value));
        Assert.Equal([(3L, 2L), (7, 6), (8, 6)], found.Examples.Select(pair => (pair.A, pair.B)));
    }

    [Fact]
    public void Finds_rows_of_another_file_with_and_without_the_label_whatever_the_spelling_and_order_of_columns()
    {
        Table test = CsvTable.Parse("id,x,z,y\n1,1,a,no\n2,2.50,b,yes\n3,-0,c,no\n4,9,c,no\n");
        Table train = CsvTable.Parse("y,z,x\nno,a,1\nno,b,2.5\nyes,a,NA\nno,c,0\n");
        List<RowPair> told = [];

        SharedRows shared = FindDuplicates.Run(test, train, "y", ["id"], told.Add).Shared!;

        Assert.Equal((3, 0.75, 2, 1, 3), (shared.Rows, shared.Share, shared.SameLabel!.Value, shared.OtherLabel!.Value, shared.OfOther));
        Assert.Equal([(2L, 2L, true), (3, 3, false), (4, 5, true)], told.Select(pair => (pair.A, pair.B, pair.SameLabel!.Value)));
        Assert.True(shared.IsLikelyLeak);
    }

    // The oracle compares every pair of rows as text.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Agrees_with_comparing_every_pair(int seed)
    {
        Random random = new(seed);
        string[] Rows(int count) => [.. Enumerable.Range(0, count).Select(_ =>
            $"{random.Next(4)},{(random.Next(5) == 0 ? "" : "v" + random.Next(3))},{random.Next(3).ToString(CultureInfo.InvariantCulture)},{random.Next(2)}")];
        string[] a = Rows(120), b = Rows(40);
        static string Features(string row) => row[..row.LastIndexOf(',')];

        DuplicateReport report = FindDuplicates.Run(
            CsvTable.Parse($"p,q,r,y\n{string.Join('\n', a)}\n"), CsvTable.Parse($"p,q,r,y\n{string.Join('\n', b)}\n"), "y", [], null);

        Assert.Equal(a.Length - a.Distinct().Count(), report.A.Repeated);
        Assert.Equal(a.Count(row => b.Any(other => Features(other) == Features(row))), report.Shared!.Rows);
        Assert.Equal(a.Count(b.Contains), report.Shared.SameLabel);
        Assert.Equal(b.Count(row => a.Any(other => Features(other) == Features(row))), report.Shared.OfOther);
        Assert.Equal(a.Count(row => a.Any(other => Features(other) == Features(row) && other != row)), report.A.Contradicting);
    }

    [Fact]
    public void Few_distinct_rows_are_explained_by_chance()
    {
        string all = string.Concat(Enumerable.Range(0, 200).Select(i => $"{i % 4},{i % 2}\n"));

        Assert.False(FindDuplicates.Run(CsvTable.Parse("x,y\n" + all), CsvTable.Parse("x,y\n" + all), "y", [], null).Shared!.IsLikelyLeak);
    }

    [Fact]
    public void Refuses_files_without_a_common_column_or_without_the_label()
    {
        Table a = CsvTable.Parse("x,y\n1,2\n"), b = CsvTable.Parse("u,y\n1,2\n");

        Assert.Contains("no column in common", Assert.Throws<InputException>(() => FindDuplicates.Run(a, b, "y", [], null)).Message, StringComparison.Ordinal);
        Assert.Contains("'w'", Assert.Throws<InputException>(() => FindDuplicates.Run(a, b, "w", [], null)).Message, StringComparison.Ordinal);
    }
}
