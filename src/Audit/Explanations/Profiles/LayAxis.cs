using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;

namespace Governance.Audit.Explanations.Profiles;

/// <summary>Lays the points of a profile along a column.</summary>
public static class LayAxis
{
    /// <summary>Makes the axis of a column.</summary>
    /// <param name="column">The column; its cells are those of <paramref name="table"/>.</param>
    /// <param name="encoder">Turns points into inputs.</param>
    /// <param name="table">The rows that the profile averages over.</param>
    /// <param name="options">How many points, and where.</param>
    /// <param name="warn">Told where levels were left out.</param>
    /// <exception cref="InputException">The column has fewer than two different values, or options are out of range.</exception>
    public static ProfileAxis Make(
        ReadableColumn column, RowEncoder encoder, Table table, AxisOptions options, Action<AuditWarning> warn)
    {
        if (options.Points is < 2 or > AxisOptions.MostPoints)
        {
            throw new InputException($"A grid has 2 to {AxisOptions.MostPoints:N0} points, not {options.Points:N0}.");
        }

        return column.IsNumeric ? Numeric(column, encoder, table, options) : OfLevels(column, encoder, table, options, warn);
    }

    private static ProfileAxis Numeric(ReadableColumn column, RowEncoder encoder, Table table, AxisOptions options)
    {
        ReadOnlySpan<double> cells = ((NumberColumn)column.Cells).Values;
        double[] sorted = Sorted(cells);
        double[] points = Points(sorted, column, options);
        if (points.Length < 2)
        {
            throw new InputException($"The column '{column.Name}' has fewer than two different values, so there is nothing to vary.") { Column = column.Name };
        }

        int[] places = new int[cells.Length];
        double[] shares = new double[points.Length - 1];
        for (int row = 0; row < places.Length; row++)
        {
            places[row] = double.IsNaN(cells[row]) ? -1 : Interval(points, cells[row]);
            if (places[row] >= 0)
            {
                shares[places[row]] += 1.0 / places.Length;
            }
        }

        bool missing = sorted.Length < cells.Length;
        return new ProfileAxis
        {
            Column = column,
            Numbers = points,
            Order = "number",
            Encoded = Encode(column, encoder, table, new NumberColumn(column.Name, missing ? [.. points, double.NaN] : points)),
            Places = places,
            Deciles = [.. Enumerable.Range(1, 9).Select(decile => GlobalImportance.Quantile(sorted, decile / 10.0))],
            Shares = shares,
            MissingShare = 1 - (sorted.Length / (double)cells.Length),
        };
    }

    private static ProfileAxis OfLevels(
        ReadableColumn column, RowEncoder encoder, Table table, AxisOptions options, Action<AuditWarning> warn)
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        int missing = 0;
        for (int row = 0; row < table.Rows; row++)
        {
            if (column.Cells.Text(row) is string level)
            {
                counts[level] = counts.GetValueOrDefault(level) + 1;
            }
            else
            {
                missing++;
            }
        }

        string[] kept = [.. counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Take(AxisOptions.MostLevels).Select(pair => pair.Key)];
        if (kept.Length < counts.Count)
        {
            warn(new AuditWarning(
                "levels-left-out",
                $"The column '{column.Name}' has {counts.Count:N0} levels; the {kept.Length} most frequent are shown.", null, column.Name));
        }

        if (kept.Length < 2)
        {
            throw new InputException($"The column '{column.Name}' has fewer than two different values, so there is nothing to vary.") { Column = column.Name };
        }

        (string[] levels, string order) = LevelOrder.Sort(kept, column, table, encoder.Columns, options.Order);
        Dictionary<string, int> place = levels.Select((level, i) => (level, i)).ToDictionary(pair => pair.level, pair => pair.i, StringComparer.Ordinal);
        return new ProfileAxis
        {
            Column = column,
            Levels = levels,
            Order = order,
            Encoded = Encode(column, encoder, table, Cells(column, missing > 0 ? (string?[])[.. levels, null] : levels)),
            Places = [.. Enumerable.Range(0, table.Rows).Select(row => column.Cells.Text(row) is string level ? place.GetValueOrDefault(level, -1) : -1)],
            Shares = [.. levels.Select(level => counts[level] / (double)table.Rows)],
            MissingShare = missing / (double)table.Rows,
        };
    }

    private static Column Cells(ReadableColumn column, IReadOnlyList<string?> levels) => column.Cells is NumberColumn
        ? new NumberColumn(column.Name, [.. levels.Select(level => level is null ? double.NaN : double.Parse(level, CultureInfo.InvariantCulture))])
        : TextColumn.Of(column.Name, levels);

    // All other cells are those of the first row; only the column's own elements are ever read.
    private static InputBatch Encode(ReadableColumn column, RowEncoder encoder, Table table, Column points)
    {
        Table repeated = table.Take(new int[points.Count]);
        return encoder.Encode(new Table([.. repeated.Columns.Select(other => other.Name == column.Name ? points : other)]));
    }

    private static double[] Sorted(ReadOnlySpan<double> cells)
    {
        List<double> present = new(cells.Length);
        foreach (double cell in cells)
        {
            if (!double.IsNaN(cell))
            {
                present.Add(cell);
            }
        }

        present.Sort();
        return [.. present];
    }

    private static double[] Points(double[] sorted, ReadableColumn column, AxisOptions options)
    {
        double[] distinct = [.. sorted.Distinct()];
        if (distinct.Length <= options.Points)
        {
            return distinct;
        }

        IEnumerable<double> points = Enumerable.Range(0, options.Points).Select(i => i / (double)(options.Points - 1)).Select(share =>
            options.Spacing == "uniform"
                ? sorted[0] + (share * (sorted[^1] - sorted[0]))
                : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)]);
        return [.. (column.WholeOnly ? points.Select(point => Math.Round(point)) : points).Distinct()];
    }

    private static int Interval(double[] points, double value)
    {
        int at = Array.BinarySearch(points, value);
        int above = at >= 0 ? at : ~at;
        return Math.Clamp(above - 1, 0, points.Length - 2);
    }
}
