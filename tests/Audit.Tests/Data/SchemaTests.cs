using Governance.Audit.Data;
using Governance.Audit.Data.Schemas;
using static Governance.Audit.Tests.Data.GivenFiles;

namespace Governance.Audit.Tests.Data;

public sealed class SchemaTests
{
    [Fact]
    public void Declared_marks_are_missing_in_numbers_and_in_text()
    {
        Table table = Read(
            "n,t,m\n1,x,-999\nNA,?,5\n2.50,y,007\n",
            new ColumnRule("n", CellKind.Number, ["NA"]), new ColumnRule("t", CellKind.Text, ["?"]), new ColumnRule("m", CellKind.Number, ["-999"]));

        Assert.Equal(["1", null, "2.5"], Texts(table.Need("n")));
        Assert.Equal(["x", null, "y"], Texts(table.Need("t")));
        Assert.Equal([null, "5", "7"], Texts(table.Need("m")));
        Assert.Equal(["x", "y"], ((TextColumn)table.Need("t")).Levels);
    }

    [Fact]
    public void A_column_declared_text_keeps_the_spelling_of_its_numbers() =>
        Assert.Equal(["1.0", "2", null], Texts(Read("a,b\n1.0,1\n2,2\n,3\n", new ColumnRule("a", CellKind.Text, [])).Need("a")));

    [Theory]
    [InlineData("a,b\n1,1\n\"x\ny\",2\nabc,3\n", "a", 3)]
    [InlineData("a,b\n1,1\n2,2\nabc,\"q,r\"\n", "a", 4)]
    [InlineData("{\"a\":1}\n{\"a\":\"x\"}\n", "a", 2)]
    public void A_cell_that_does_not_fit_a_numeric_column_is_refused_with_its_line(string text, string column, int line)
    {
        InputException refusal = Assert.Throws<InputException>(() => Read(text, new ColumnRule(column, CellKind.Number, [])));

        Assert.Equal((line, column), (refusal.Line, refusal.Column));
        Assert.Contains("declared numeric", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("yes\nno\nyes", ColumnShape.Truth)]
    [InlineData("0\n1\n1", ColumnShape.Truth)]
    [InlineData("2026-03-01\n2026-3-2\n", ColumnShape.Date)]
    [InlineData("1.3.2026 10:30\n2.3.2026 9:05\n", ColumnShape.Date)]
    [InlineData("01234\n98765\n", ColumnShape.Code)]
    [InlineData("1\n2\n3", ColumnShape.Plain)]
    [InlineData("red\ngreen\nred", ColumnShape.Plain)]
    public void Says_what_the_values_of_a_column_look_like(string cells, ColumnShape shape) =>
        Assert.Equal(shape, ColumnSummary.Of(Read("a\n" + cells + "\n").Columns[0]).Shape);

    [Fact]
    public void Digits_that_came_as_text_are_no_codes()
    {
        TextColumn digits = new("digit", [0, 1, 2, 0], ["7", "0", "3"]);

        Assert.Equal(ColumnShape.Plain, ColumnSummary.Of(digits).Shape);
        Assert.Equal(ColumnShape.Code, ColumnSummary.Of(new TextColumn("account", [0, 1], ["7", "12345678901234567890"])).Shape);
    }

    [Fact]
    public void Counts_missing_distinct_and_foreign_cells()
    {
        ColumnSummary numbers = ColumnSummary.Of(Read("a,b\n1,x\n,x\n1,x\n2.5,x\n").Columns[0]);
        ColumnSummary marked = ColumnSummary.Of(Read("a\n1\nNA\n2\n?\n").Columns[0]);
        ColumnSummary keys = ColumnSummary.Of(Read("a\n" + string.Join('\n', Enumerable.Range(100, 30)) + "\n").Columns[0]);

        Assert.Equal((1, 2, false), (numbers.Missing, numbers.Distinct, numbers.IsWhole));
        Assert.Equal((2, true), (marked.Others, marked.OnlyMarkers));
        Assert.Equal(["NA", "?"], marked.Markers);
        Assert.Equal(ColumnShape.Key, keys.Shape);
    }
}
