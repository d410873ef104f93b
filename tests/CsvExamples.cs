namespace Governance.Tests;

/// <summary>How cells are written to CSV: one table for the writer of the server and the one of the browser.</summary>
internal static class CsvExamples
{
    /// <summary>A cell and its form in the file.</summary>
    public static TheoryData<string, string> All() => new()
    {
        { "x", "x" }, { "", "" }, { "-5", "-5" }, { "-0.25e-3", "-0.25e-3" }, { "-1e-400", "-1e-400" }, { "7.", "7." },
        { "-2+3", "'-2+3" }, { "--1", "'--1" }, { "+1", "'+1" }, { "=1+1", "'=1+1" }, { "＝1+1", "'＝1+1" }, { "－1", "'－1" },
        { "@SUM(A1)", "'@SUM(A1)" }, { "＠x", "'＠x" }, { "\tx", "'\tx" }, { "\rx", "\"'\rx\"" }, { "\n=1", "\"'\n=1\"" },
        { "=\"a\",b", "\"'=\"\"a\"\",b\"" }, { "-", "-" }, { "=", "=" }, { "a,b", "\"a,b\"" }, { "a\nb", "\"a\nb\"" }, { "say \"no\"", "\"say \"\"no\"\"\"" },
        { " =1", " =1" }, { "a=1", "a=1" }, { "'=1", "'=1" }, { "-١", "'-١" },
    };
}
