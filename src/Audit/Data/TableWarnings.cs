namespace Governance.Audit.Data;

/// <summary>What a person should know about a table that was read: nothing of it is changed or left out.</summary>
public static class TableWarnings
{
    private const int MostNamed = 5;
    private const int MostLevels = 10_000; // more distinct texts are free text, where look-alikes mean nothing

    private static readonly HashSet<string> Markers = new(StringComparer.OrdinalIgnoreCase)
    {
        "NA", "N/A", "NaN", "NULL", "None", "nil", "?", "-", "--", ".", "missing", "unknown", "#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NUM!", "inf", "-inf", "Infinity", "-Infinity",
    };

    /// <summary>All warnings, column by column.</summary>
    /// <param name="table">As it was read.</param>
    public static IReadOnlyList<AuditWarning> Of(Table table)
    {
        List<AuditWarning> warnings = [];
        foreach (Column column in table.Columns)
        {
            if (FormulaText.IsFormula(column.Name))
            {
                warnings.Add(new AuditWarning(
                    "formula-name", $"The column '{DataFault.Shorten(column.Name)}' is named like a spreadsheet formula; it is kept as text, and exports put an apostrophe before it.", null, column.Name));
            }

            if (column is TextColumn text)
            {
                warnings.AddRange(((AuditWarning?[])[Formulas(table, text), Mixed(table, text), Alike(text)]).OfType<AuditWarning>());
            }
        }

        string[] empty = [.. table.Rows < 2 ? [] : table.Columns.Where(IsEmpty).Select(column => column.Name)];
        if (empty.Length > 0)
        {
            warnings.Add(new AuditWarning("empty-column", $"No row has a value in {Names(empty)}.", null, empty[0]));
        }

        return warnings;
    }

    /// <summary>Whether a text is a customary way to write that a value is missing.</summary>
    internal static bool IsMarker(string text) => Markers.Contains(text.Trim());

    private static AuditWarning? Formulas(Table table, TextColumn column)
    {
        bool[] formula = [.. column.Levels.Select(FormulaText.IsFormula)];
        (int count, int first) = Count(column, formula);
        return count == 0 ? null : new AuditWarning(
            "formula-cells",
            $"{Cells(count)} of the column '{column.Name}' begin like a spreadsheet formula (first in line {table.Line(first)}); they are kept as text, and exports put an apostrophe before them.",
            first, column.Name);
    }

    // Text because of few cells: most are numbers, so the others are probably mistakes or marks of missing values.
    private static AuditWarning? Mixed(Table table, TextColumn column)
    {
        bool[] foreign = [.. column.Levels.Select(level => !PlainDecimal.TryParse(level, out _))];
        (int others, int first) = Count(column, foreign);
        int known = column.Codes.Length - column.Codes.Count(-1);
        if (others == 0 || 2 * others > known)
        {
            return null;
        }

        string[] words = [.. column.Levels.Where((_, code) => foreign[code])];
        string advice = words.All(IsMarker)
            ? "declare them as missing"
            : "correct them, or declare what means missing";
        return new AuditWarning(
            "mixed-column",
            $"The column '{column.Name}' is text because {Cells(others)} of {known:N0} are no plain numbers ({string.Join(", ", words.Take(MostNamed).Select(word => $"'{DataFault.Shorten(word)}'"))}{(words.Length > MostNamed ? ", …" : "")}; first in line {table.Line(first)}); {advice}.",
            first, column.Name);
    }

    private static AuditWarning? Alike(TextColumn column)
    {
        if (column.Levels.Count is < 2 or > MostLevels)
        {
            return null;
        }

        string[][] groups =
        [
            .. column.Levels.GroupBy(Lookalikes.Fold, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.ToArray()),
        ];
        return groups.Length == 0 ? null : new AuditWarning(
            "lookalike-levels",
            $"The column '{column.Name}' holds different values that look alike: {string.Join("; ", groups.Take(MostNamed).Select(Pair))}{(groups.Length > MostNamed ? "; …" : "")}. They are kept apart.",
            null, column.Name);
    }

    private static string Pair(string[] alike) => string.Join(" and ", alike.Take(3).Select(Spelt));

    // Visible where the difference is not: characters outside ASCII and blanks at the ends by their code.
    private static string Spelt(string text) =>
        $"'{string.Concat(DataFault.Shorten(text).Select((letter, i) => letter is > ' ' and < '\x7F' || (letter == ' ' && i > 0 && i < text.Length - 1) ? letter.ToString() : $"U+{(int)letter:X4}"))}'";

    private static bool IsEmpty(Column column) => column switch
    {
        TextColumn text => text.Levels.Count == 0,
        NumberColumn numbers => numbers.Values.IndexOfAnyInRange(double.NegativeInfinity, double.PositiveInfinity) < 0,
        _ => false,
    };

    private static (int Count, int First) Count(TextColumn column, bool[] wanted)
    {
        int count = 0;
        int first = -1;
        if (wanted.Contains(true))
        {
            ReadOnlySpan<int> codes = column.Codes;
            for (int row = 0; row < codes.Length; row++)
            {
                if (codes[row] >= 0 && wanted[codes[row]])
                {
                    first = count++ == 0 ? row : first;
                }
            }
        }

        return (count, first);
    }

    private static string Cells(int count) => count == 1 ? "1 cell" : $"{count:N0} cells";

    private static string Names(string[] names) =>
        $"{(names.Length == 1 ? "the column" : $"{names.Length:N0} columns")} {string.Join(", ", names.Take(MostNamed).Select(name => $"'{DataFault.Shorten(name)}'"))}{(names.Length > MostNamed ? ", …" : "")}";
}
