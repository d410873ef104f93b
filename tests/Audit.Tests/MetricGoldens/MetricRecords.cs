using System.Text.Json;
using Governance.Tests;

namespace Governance.Audit.Tests.MetricGoldens;

/// <summary>The records of the reference folder.</summary>
public static class MetricRecords
{
    /// <summary>The names of the files that hold records; skips the test where the folder is missing.</summary>
    public static IReadOnlyList<string> Files() => [.. Directory
        .GetFiles(Reference.Path("goldens", "metrics", "expected"), "*.json").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    /// <summary>The records of a file, in their order; skips the test where it is missing.</summary>
    public static IReadOnlyList<MetricRecord> Of(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Reference.Path("goldens", "metrics", "expected", file)));
        return [.. document.RootElement.GetProperty("records").EnumerateArray().Select(record => Read(file, record.Clone()))];
    }

    private static MetricRecord Read(string file, JsonElement record)
    {
        string Text(string name) => record.TryGetProperty(name, out JsonElement value) ? value.ToString() : "";
        record.TryGetProperty("params", out JsonElement arguments);
        record.TryGetProperty("value", out JsonElement answer);
        return new MetricRecord(
            file, Text("id"), Text("dataset"), Text("library"), Text("function"), arguments, answer,
            record.TryGetProperty("raises", out JsonElement raises) ? raises.ToString() : null);
    }
}
