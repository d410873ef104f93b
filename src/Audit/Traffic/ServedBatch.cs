using System.Globalization;
using Governance.Audit.Data;

namespace Governance.Audit.Traffic;

/// <summary>Rows of our own serving as a batch.</summary>
internal static class ServedBatch
{
    /// <summary>Puts rows of one deployment together. A column with one text in it is text.</summary>
    public static TrafficBatch Of(IReadOnlyList<ServedRow> rows)
    {
        string[] names = [.. rows.SelectMany(row => row.Cells.Keys).Distinct(StringComparer.Ordinal)];
        string[] classes = [.. rows.SelectMany(row => row.Scores?.Keys ?? []).Distinct(StringComparer.Ordinal)];
        return new TrafficBatch(
            [.. rows.Select(row => row.Id)], [.. rows.Select(row => row.At)], names.Length == 0 ? null : new Table([.. names.Select(name => ColumnOf(rows, name))]))
        {
            Scores = [.. classes.Select(name => new ScoreColumn(name, [.. rows.Select(row => row.Scores?.TryGetValue(name, out double score) == true ? score : double.NaN)]))],
            Decisions = rows.All(row => row.Decision is null) ? null : TextColumn.Of("decision", [.. rows.Select(row => row.Decision)]),
            Latency = rows.All(row => row.LatencyMs is null) ? null : [.. rows.Select(row => row.LatencyMs ?? double.NaN)],
        };
    }

    private static Column ColumnOf(IReadOnlyList<ServedRow> rows, string name)
    {
        object?[] cells = [.. rows.Select(row => row.Cells.GetValueOrDefault(name))];
        return cells.All(cell => cell is null or double or float or int or long)
            ? new NumberColumn(name, [.. cells.Select(cell => cell is null ? double.NaN : Convert.ToDouble(cell, CultureInfo.InvariantCulture))])
            : TextColumn.Of(name, [.. cells.Select(cell => cell is null ? null : Convert.ToString(cell, CultureInfo.InvariantCulture))]);
    }
}
