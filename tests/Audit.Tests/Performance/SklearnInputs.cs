using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Performance;
using Governance.Tests;

namespace Governance.Audit.Tests.Performance;

/// <summary>The rows that scikit-learn's records were made from.</summary>
internal static class SklearnInputs
{
    private static readonly Dictionary<string, (string Labels, string Predictions, string Scores)> Degenerate = new(StringComparer.Ordinal)
    {
        ["edge_one_class_0"] = ("0000", "0100", "0.1 0.6 0.2 0.4"),
        ["edge_one_class_1"] = ("1111", "0111", "0.1 0.6 0.7 0.9"),
        ["edge_perfect"] = ("0101", "0101", "0 1 0 1"),
        ["edge_inverted"] = ("0101", "1010", "1 0 1 0"),
        ["edge_const_score"] = ("0101", "1111", "0.5 0.5 0.5 0.5"),
    };

    /// <summary>The rows of a set of records.</summary>
    public static Table Rows(string set) => set switch
    {
        "small" or "small_w" => Read("synth_small.csv"),
        "multiclass" or "multiclass_w" => WithRowsThatSumToOne(Read("multiclass.csv")),
        "regression" or "regression_w" => Read("regression.csv"),
        "r2_one_sample" => CsvTable.Parse("y_true,y_pred\n1,1.5\n"),
        _ => Made(Degenerate[set].Labels, Degenerate[set].Predictions, Degenerate[set].Scores),
    };

    /// <summary>What a set of records is measured with.</summary>
    /// <param name="set">Its name.</param>
    /// <param name="averages">Two classes measured as a choice among classes, for averages over both.</param>
    public static PerformanceOptions Options(string set, bool averages) => new()
    {
        Label = "y_true",
        Prediction = "y_pred",
        Weight = set.EndsWith("_w", StringComparison.Ordinal) ? "weight" : null,
        Beta = 2,
        TopClasses = 2,
        Quantile = 0.9,
        Task = set[0] == 'r' ? PerformanceTask.Regression
            : averages || set[0] == 'm' ? PerformanceTask.Multiclass : PerformanceTask.Binary,
        Scores = set[0] == 'm' ? ["p0", "p1", "p2", "p3"] : set[0] == 'r' || averages ? [] : ["score"],
        Positive = set[0] is 's' or 'e' && !averages ? "1" : null,
    };

    private static Table Read(string file)
    {
        using FileStream stream = File.OpenRead(Reference.Path("goldens", "metrics", "inputs", file));
        return CsvTable.Read(stream, default);
    }

    private static Table Made(string labels, string predictions, string scores) => new(
    [
        new NumberColumn("y_true", [.. labels.Select(digit => (double)(digit - '0'))]),
        new NumberColumn("y_pred", [.. predictions.Select(digit => (double)(digit - '0'))]),
        new NumberColumn("score", [.. scores.Split(' ').Select(score => double.Parse(score, CultureInfo.InvariantCulture))]),
    ]);

    // The file rounds to six digits, so that rows sum to 1 ± 1e-6; the goldens were made after dividing by the sum, which
    // breaks ties (area 0.80781498 as they stand in the file, 0.80781420 divided).
    private static Table WithRowsThatSumToOne(Table table)
    {
        string[] scores = ["p0", "p1", "p2", "p3"];
        return new Table([.. table.Columns.Select(column => scores.Contains(column.Name)
            ? new NumberColumn(column.Name, [.. Enumerable.Range(0, table.Rows).Select(row =>
                column.Number(row) / scores.Sum(name => table.Need(name).Number(row)))])
            : column)]);
    }
}
