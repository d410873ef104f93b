using Governance.Audit.Data;

namespace Governance.Audit.Answers;

/// <summary>The middle of several readable rows: a row that is nobody's.</summary>
internal static class RowMiddle
{
    /// <summary>One row: the lower median of numbers, the most frequent level of others, missing where most are.</summary>
    public static Table Of(Table rows) => new([.. rows.Columns.Select(Middle)]);

    /// <summary>Single rows under each other.</summary>
    /// <param name="rows">At least one, of the same columns.</param>
    public static Table Stack(IReadOnlyList<Table> rows) => new(
    [
        .. rows[0].Columns.Select(column => column is NumberColumn
            ? (Column)new NumberColumn(column.Name, [.. rows.Select(row => row.Need(column.Name).Number(0))])
            : TextColumn.Of(column.Name, [.. rows.Select(row => row.Need(column.Name).Text(0))])),
    ]);

    private static Column Middle(Column column)
    {
        int[] there = [.. Enumerable.Range(0, column.Count).Where(row => !column.IsMissing(row))];
        bool missing = there.Length * 2 < column.Count;
        if (column is NumberColumn)
        {
            double[] numbers = [.. there.Select(column.Number).Order()];
            return new NumberColumn(column.Name, [missing ? double.NaN : numbers[(numbers.Length - 1) / 2]]);
        }

        return TextColumn.Of(column.Name, [missing ? null : there.Select(column.Text).CountBy(text => text!)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).First().Key]);
    }
}
