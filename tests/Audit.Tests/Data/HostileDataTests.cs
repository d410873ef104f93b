using System.Text.Json;
using Governance.Audit.Data;

namespace Governance.Audit.Tests.Data;

/// <summary>Every file of the hostile set that holds data, by its expectation; near variants are in the tests of each format.</summary>
public sealed class HostileDataTests
{
    // What expected.json asks for, in one word each. Where it allows several ends, this is the documented one.
    private static readonly Dictionary<string, string> Ends = new(StringComparer.Ordinal)
    {
        ["csv/clean_control.csv"] = "accepted", ["csv/bom_utf8.csv"] = "accepted", ["csv/crlf.csv"] = "accepted",
        ["csv/cr_only.csv"] = "accepted", ["csv/no_final_newline.csv"] = "accepted", ["csv/dangerous_ids.csv"] = "accepted",
        ["csv/leading_zeros.csv"] = "accepted", ["csv/markup_values.csv"] = "accepted", ["csv/single_group.csv"] = "accepted",
        ["csv/tiny_group.csv"] = "accepted", ["csv/all_one_class.csv"] = "accepted", ["csv/constant_feature.csv"] = "accepted",
        ["csv/missing_labels.csv"] = "empty-column", ["csv/protected_high_cardinality.csv"] = "accepted",
        ["csv/nan_inf.csv"] = "mixed-column", ["csv/text_in_numeric.csv"] = "mixed-column",
        ["csv/formula_injection.csv"] = "formula-cells", ["csv/formula_in_header.csv"] = "formula-name",
        ["csv/unicode_lookalikes.csv"] = "lookalike-levels",
    };

    public static TheoryData<string> Files()
    {
        TheoryData<string> files = [];
        if (Governance.Tests.Reference.Folder is string folder && Directory.Exists(Path.Combine(folder, "data", "hostile")))
        {
            using JsonDocument expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "data", "hostile", "expected.json")));
            foreach (JsonElement file in expected.RootElement.GetProperty("files").EnumerateArray())
            {
                string name = file.GetProperty("file").GetString()!;
                if (name.StartsWith("csv/", StringComparison.Ordinal) || name.StartsWith("archives/", StringComparison.Ordinal))
                {
                    files.Add(name);
                }
            }
        }

        return files.Count > 0 ? files : new TheoryData<string>("none");
    }

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void Every_file_is_refused_flagged_or_accepted_as_documented(string file)
    {
        string path = Governance.Tests.Reference.Path(["data", "hostile", .. file.Split('/')]);
        using FileStream stream = File.OpenRead(path);
        long before = GC.GetAllocatedBytesForCurrentThread();
        if (!Ends.TryGetValue(file, out string? end))
        {
            InputException refusal = Assert.Throws<InputException>(() => TableFile.Read(stream, default));
            Assert.NotNull(refusal.Line);
            Assert.DoesNotContain('\n', refusal.Message);
        }
        else
        {
            Table table = TableFile.Read(stream, default);
            string[] codes = [.. TableWarnings.Of(table).Select(warning => warning.Code)];

            Assert.Equal(file switch { "csv/single_group.csv" => 103, "csv/tiny_group.csv" => 104, _ => 120 }, table.Rows);
            Assert.Equal("deny", table.Columns[0].Name);
            Assert.Equal(end == "accepted" ? [] : [end], codes.Take(end == "accepted" ? int.MaxValue : 0).Concat(codes.Where(code => code == end)));
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
    }
}
