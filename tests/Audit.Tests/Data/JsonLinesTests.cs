using Governance.Audit.Data;
using static Governance.Audit.Tests.Data.GivenFiles;

namespace Governance.Audit.Tests.Data;

public sealed class JsonLinesTests
{
    [Fact]
    public void Keys_are_columns_and_what_a_line_lacks_is_missing()
    {
        Table table = Read("{\"age\": 41, \"city\": \"Os\\u006co\"}\r\n{\"city\": null, \"age\": 2.50}\n{\"late\": true}\n\n");

        Assert.Equal(["age", "city", "late"], table.Columns.Select(column => column.Name));
        Assert.Equal(["41", "2.5", null], Texts(table.Need("age")));
        Assert.Equal(["Oslo", null, null], Texts(table.Need("city")));
        Assert.Equal([null, null, "true"], Texts(table.Need("late")));
        Assert.IsType<NumberColumn>(table.Need("age"));
        Assert.Equal("Data row 3 (line 3)", table.Place(2));
    }

    [Fact]
    public void Text_that_looks_like_a_number_stays_text_and_long_numbers_are_kept_whole()
    {
        Table table = Read("{\"zip\":\"01234\",\"id\":5}\n{\"zip\":\"7\",\"id\":9007199254740993}\n");

        Assert.IsType<TextColumn>(table.Need("zip"));
        Assert.Equal(["01234", "7"], Texts(table.Need("zip")));
        Assert.Equal(["5", "9007199254740993"], Texts(table.Need("id")));
    }

    [Theory]
    [InlineData("{\"a\":1}\n{\"a\":{\"b\":1}}\n", 2, "an object in 'a'")]
    [InlineData("{\"a\":1}\n{\"a\":[1]}\n", 2, "a list in 'a'")]
    [InlineData("{\"a\":1}\n{\"a\":NaN}\n", 2, "not valid JSON")]
    [InlineData("{\"a\":1}\n{\"a\":-Infinity}\n", 2, "not valid JSON")]
    [InlineData("{\"a\":1}\n{\"a\":1e999}\n", 2, "too large")]
    [InlineData("{\"a\":1}\n{\"a\":\"x\"}\n", 2, "text in 'a', where line 1 holds a number")]
    [InlineData("{\"a\":true}\n{\"a\":3}\n", 2, "a number in 'a', where line 1 holds text")]
    [InlineData("{\"a\":1,\"a\":2}\n", 1, "'a' twice")]
    [InlineData("{\"a\":1}\n{\"A\":2}\n", 2, "letter case")]
    [InlineData("{\"\":1}\n", 1, "no name")]
    [InlineData("{\"a\":1}\n\n{\"a\":2}\n", 2, "is empty")]
    [InlineData("{\"a\":1}\n[1,2]\n", 2, "is no object")]
    [InlineData("{\"a\":1}\n{\"a\":1} {\"a\":2}\n", 2, "not valid JSON")]
    [InlineData("{\"a\":1}\n{\"a\":1\n", 2, "not valid JSON")]
    [InlineData("{\"a\":1}\n{\"a\":\"\\ud800\"}\n", 2, "not valid JSON")]
    [InlineData("{\"a\":1}\n{\"a\":\"\0\"}\n", 2, "NUL")]
    [InlineData("{}\n", 1, "names no column")]
    [InlineData("[{\"a\":1}]\n", 1, "JSON array")]
    public void Refuses_what_is_no_table_and_names_the_line(string text, int line, string what)
    {
        InputException refusal = Refused(text);

        Assert.Contains(what, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(line, refusal.Line);
    }

    [Fact]
    public void Long_lines_many_keys_and_other_encodings_are_refused_with_the_line()
    {
        string keys = $"{{{string.Join(',', Enumerable.Range(0, 8193).Select(i => $"\"c{i}\":1"))}}}\n";
        byte[] latin = [.. "{\"a\":\"x\"}\n{\"a\":\""u8, 0xE9, .. "\"}\n"u8];

        Assert.Equal(2, Refused($"{{\"a\":\"x\"}}\n{{\"a\":\"{new string('y', 1 << 20)}\"}}\n").Line);
        Assert.Contains("8,193 columns", Refused(keys).Message, StringComparison.Ordinal);
        Assert.Contains("'é' is in Latin-1", Refused(latin).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Reads_the_labels_of_the_reference_stream()
    {
        using FileStream stream = File.OpenRead(Governance.Tests.Reference.Path("data", "stream", "labels", "arrived_day_06.jsonl"));

        Table table = TableFile.Read(stream, default);

        Assert.Equal(["request_id", "label", "outcome_date", "arrived_at"], table.Columns.Select(column => column.Name));
        Assert.Equal(200, table.Rows);
    }
}
