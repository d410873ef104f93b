using Governance.Audit.Data;
using Governance.Tests;
using static Governance.Audit.Tests.Data.GivenFiles;

namespace Governance.Audit.Tests.Data;

public sealed class CsvWriterTests
{
    [Theory]
    [MemberData(nameof(CsvExamples.All), MemberType = typeof(CsvExamples))]
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
