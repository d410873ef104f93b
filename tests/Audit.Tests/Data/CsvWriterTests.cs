using Governance.Audit.Data;
using static Governance.Audit.Tests.Data.GivenFiles;

namespace Governance.Audit.Tests.Data;

public sealed class CsvWriterTests
{
    // The same examples are in the browser's test of js/csv.js: one rule, two languages.
    [Theory]
    [InlineData("x", "x")]
    [InlineData("-5", "-5")]
    [InlineData("-1e-400", "-1e-400")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("+1", "'+1")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("=\"a\",b", "\"'=\"\"a\"\",b\"")]
    [InlineData("-", "-")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\nb", "\"a\nb\"")]
    [InlineData("", "")]
    public void Text_that_a_spreadsheet_would_run_gets_an_apostrophe(string cell, string written)
    {
        using StringWriter target = new();
        new CsvWriter(target).Row(cell, "end");

        Assert.Equal($"{written},end\r\n", target.ToString());
    }

    [Fact]
    public void What_is_written_is_read_back_but_for_the_apostrophe()
    {
        Table table = CsvTable.Parse("=name,n,t\n\"=1+1\",-2.5,\"a \"\"b\"\", c\"\nplain,,\"x\ny\"\n");
        using StringWriter target = new();
        new CsvWriter(target).Table(table);

        Table again = CsvTable.Parse(target.ToString());

        Assert.Equal(["'=name", "n", "t"], again.Columns.Select(column => column.Name));
        Assert.Equal(["'=1+1", "plain"], Texts(again.Columns[0]));
        Assert.Equal(["-2.5", null], Texts(again.Columns[1]));
        Assert.Equal(Texts(table.Columns[2]), Texts(again.Columns[2]));
    }
}
