namespace Governance.Audit.Data.Schemas;

/// <summary>A column in counts: what a person needs to say what it is, without showing its cells.</summary>
/// <param name="Name">The column.</param>
/// <param name="IsNumeric">Whether every cell that is not missing is a number.</param>
/// <param name="Missing">Missing cells.</param>
/// <param name="Distinct">Distinct values, counted up to <see cref="MostCounted"/>.</param>
/// <param name="IsWhole">Whether all values are whole numbers.</param>
/// <param name="Others">Text columns: cells that are no plain numbers.</param>
/// <param name="Markers">Customary marks of missing values that occur, such as NA and ?.</param>
/// <param name="OnlyMarkers">Whether the column would be numeric if these marks meant missing.</param>
/// <param name="Shape">What the values look like.</param>
public sealed record ColumnSummary(
    string Name, bool IsNumeric, int Missing, int Distinct, bool IsWhole, int Others, IReadOnlyList<string> Markers, bool OnlyMarkers,
    ColumnShape Shape)
{
    /// <summary>Distinct numbers are counted up to here.</summary>
    public const int MostCounted = 10_000;

    /// <summary>Counts a column.</summary>
    public static ColumnSummary Of(Column column) => column is TextColumn text ? OfText(text) : OfNumbers(column);

    private static ColumnSummary OfText(TextColumn column)
    {
        ReadOnlySpan<int> codes = column.Codes;
        bool[] isOther = [.. column.Levels.Select(level => !PlainDecimal.TryParse(level, out _))];
        int missing = 0, others = 0;
        foreach (int code in codes)
        {
            missing += code < 0 ? 1 : 0;
            others += code >= 0 && isOther[code] ? 1 : 0;
        }

        string[] markers = [.. column.Levels.Where(TableWarnings.IsMarker)];
        return new ColumnSummary(
            column.Name, false, missing, column.Levels.Count, false, others, markers,
            markers.Length > 0 && markers.Length == isOther.Count(other => other) && markers.Length < isOther.Length, ColumnShapes.Of(column.Levels, codes.Length - missing, isOther));
    }

    private static ColumnSummary OfNumbers(Column column)
    {
        HashSet<double> seen = [];
        int missing = 0;
        bool whole = true, rising = true;
        double last = double.NegativeInfinity;
        for (int row = 0; row < column.Count; row++)
        {
            double value = column.Number(row);
            if (double.IsNaN(value))
            {
                missing++;
                continue;
            }

            whole &= value == Math.Floor(value);
            rising &= value > last;
            last = value;
            if (seen.Count < MostCounted)
            {
                seen.Add(value);
            }
        }

        ColumnShape shape = seen.Count == 2 && seen.SetEquals([0, 1]) ? ColumnShape.Truth
            : whole && rising && missing == 0 && column.Count >= ColumnShapes.FewestOfKeys ? ColumnShape.Key
            : ColumnShape.Plain;
        return new ColumnSummary(column.Name, true, missing, seen.Count, whole, 0, [], false, shape);
    }
}
