using System.Text.Json;
using Governance.Portal.Tests.CommandLine;

namespace Governance.Portal.Tests.Datasets;

public sealed class DuplicatesCommandTests
{
    [Fact]
    public async Task Writes_what_two_files_share_and_what_each_repeats()
    {
        using TemporaryCsv a = new("id,x,y\n1,0.5,no\n2,0.6,yes\n3,0.7,no\n4,0.7,no\n5,0.8,no\n6,0.9,no\n7,1.1,no\n8,1.2,no\n"), b = new("x,y\n0.50,no\n0.6,no\n9,no\n");
        string pairs = Path.Combine(Path.GetTempPath(), $"pairs-{Guid.CreateVersion7()}.csv");
        try
        {
            (int code, string output, string error) = await CommandRun.OfAsync(
                "duplicates", a.Path, b.Path, "--label", "y", "--ignore", "id", "--pairs", pairs, "--json", "-");
            JsonElement json = JsonDocument.Parse(output).RootElement;

            Assert.Equal(0, code);
            Assert.Equal("governance/duplicates/1", json.GetProperty("schema").GetString());
            Assert.Equal(["repeated-rows", "shared-rows"], json.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetProperty("code").GetString()));
            Assert.Equal(1, json.GetProperty("a").GetProperty("repeated").GetInt32());
            Assert.Equal(0, json.GetProperty("b").GetProperty("repeated").GetInt32());
            JsonElement shared = json.GetProperty("shared");
            Assert.Equal((2, 0.25, 1, 1), (shared.GetProperty("rows").GetInt32(), shared.GetProperty("share").GetDouble(), shared.GetProperty("sameLabel").GetInt32(), shared.GetProperty("otherLabel").GetInt32()));
            Assert.Equal("line_a,line_b,same_label\r\n2,2,true\r\n3,3,false\r\n", await File.ReadAllTextAsync(pairs));
            Assert.Contains("2 of 8 rows (25 %) occur in", error, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(pairs);
        }
    }

    [Fact]
    public async Task Looks_within_one_file_and_refuses_what_it_cannot_compare()
    {
        using TemporaryCsv a = new("x,y\n1,2\n1,2\n"), b = new("u\n1\n");

        (int code, string output, _) = await CommandRun.OfAsync("duplicates", a.Path);
        Assert.Equal(0, code);
        Assert.Contains("1 of 2 rows (50 %) repeat an earlier one", output, StringComparison.Ordinal);

        foreach (string[] words in (string[][])[["duplicates", a.Path, b.Path], ["duplicates", a.Path, "--label", "z"], ["duplicates", a.Path, "--ignore", "z"], ["duplicates", a.Path, "--pairs", "p.csv"]])
        {
            (int refused, string none, string sentence) = await CommandRun.OfAsync(words);
            Assert.Equal((2, ""), (refused, none));
            Assert.EndsWith(".", sentence.TrimEnd(), StringComparison.Ordinal);
        }
    }
}
