using Governance.Audit.Data.Schemas;
using Governance.Audit.Findings;

namespace Governance.Portal.Features.Datasets;

/// <summary>What was found in a column, in words, and lists of marks as a person types them.</summary>
internal static class ColumnWords
{
    private const int MostCategories = 10; // whole numbers with so few values are often codes of categories
    private const int MostMarkers = 20;

    /// <summary>Missing and distinct cells, and what may need a correction.</summary>
    public static string Found(ColumnSummary column)
    {
        string distinct = column is { IsNumeric: true, Distinct: ColumnSummary.MostCounted }
            ? $"{PlainNumbers.Count(column.Distinct)} or more distinct" : $"{PlainNumbers.Count(column.Distinct)} distinct";
        return $"{PlainNumbers.Count(column.Missing)} missing, {distinct}{Hint(column)}";
    }

    /// <summary>The same of columns that are described as one.</summary>
    public static string Found(IReadOnlyList<ColumnSummary> columns)
    {
        if (columns.Count == 1)
        {
            return Found(columns[0]);
        }

        (int least, int most) = (columns.Min(column => column.Distinct), columns.Max(column => column.Distinct));
        string distinct = least == most ? PlainNumbers.Count(least) : $"{PlainNumbers.Count(least)} to {PlainNumbers.Count(most)}";
        return $"{PlainNumbers.Count(columns.Sum(column => (long)column.Missing))} missing, {distinct} distinct in each";
    }

    /// <summary>What a column tells of a person, for a choice.</summary>
    public static string Of(ColumnTells tells) => tells switch
    {
        ColumnTells.Personal => "personal",
        ColumnTells.WhoseRow => "whose row it is",
        _ => "nothing",
    };

    /// <summary>Marks as one text: NA, ?.</summary>
    public static string Join(IReadOnlyList<string> markers) => string.Join(", ", markers);

    /// <summary>Marks from one text, without surrounding blanks; none for an empty one.</summary>
    public static IReadOnlyList<string> Split(string? text) =>
        [.. (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).Take(MostMarkers)];

    private static string Hint(ColumnSummary column) => column switch
    {
        { Shape: ColumnShape.Key } => "; another value in every row: probably a key",
        { Shape: ColumnShape.Code } => "; digits with leading zeros or too long for a number: kept as text",
        { Shape: ColumnShape.Date } => "; dates, kept as text",
        { OnlyMarkers: true } => $"; numbers, and {Markers(column)} in {Cells(column.Others)}",
        { IsNumeric: false, Others: > 0 } when column.Markers.Count > 0 => $"; contains {Markers(column)}",
        { IsNumeric: true, IsWhole: true, Distinct: > 2 and <= MostCategories } => "; few whole numbers: perhaps categories",
        _ => "",
    };

    private static string Markers(ColumnSummary column) => string.Join(", ", column.Markers.Take(5).Select(marker => $"'{marker}'"));

    private static string Cells(int count) => count == 1 ? "1 cell" : $"{PlainNumbers.Count(count)} cells";
}
