using System.Text.Json.Nodes;
using Governance.Audit.Data;
using Governance.Audit.Training;
using Governance.Tests;

namespace Governance.Audit.Tests.Training;

/// <summary>Mortgage applications of samples/hmda as numbers, yes as 1 and no as 0, and what scikit-learn made of them.</summary>
internal static class HmdaRows
{
    /// <summary>The figures of Goldens/make.py.</summary>
    public static JsonNode Goldens { get; } = JsonNode.Parse(File.ReadAllText(Path.Combine(
        Reference.Repository, "tests", "Audit.Tests", "Training", "Goldens", "sklearn.json")))!;

    /// <summary>One of the three splits: features and whether the application was denied (1) or not (0).</summary>
    public static (TrainingRows Rows, double[] Denied) Read(string split)
    {
        using FileStream stream = File.OpenRead(Path.Combine(Reference.Repository, "samples", "hmda", split + ".csv"));
        Table table = CsvTable.Read(stream, default);
        string[] names = [.. Goldens["features"]!.AsArray().Select(name => (string)name!)];
        float[] values = [.. Enumerable.Range(0, table.Rows).SelectMany(row => names.Select(name => (float)Number(table.Need(name), row)))];
        return (new TrainingRows(names, values), [.. Enumerable.Range(0, table.Rows).Select(row => Number(table.Need("deny"), row))]);
    }

    /// <summary>The rows with weights 1, 2, 3, 1, 2, 3, …</summary>
    public static TrainingRows Weighted(TrainingRows rows) =>
        new(rows.Names, rows.Values, [.. Enumerable.Range(0, rows.Count).Select(row => 1.0 + (row % 3))]);

    private static double Number(Column column, int row) => column.Text(row) switch { "yes" => 1, "no" => 0, _ => column.Number(row) };
}
