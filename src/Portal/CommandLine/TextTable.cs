using System.Globalization;

namespace Governance.Portal.CommandLine;

/// <summary>Rows of cells for people: the first column flush left, the others flush right.</summary>
internal static class TextTable
{
    /// <summary>Writes aligned rows.</summary>
    /// <param name="people">Where to.</param>
    /// <param name="rows">Equally many cells each; the first row is the head.</param>
    public static void Write(TextWriter people, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Count).Select(column => rows.Max(row => row[column].Length))];
        foreach (IReadOnlyList<string> row in rows)
        {
            people.WriteLine("  " + string.Join(
                "  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]))).TrimEnd());
        }
    }

    /// <summary>A value to four decimals with its interval, "-" where undefined.</summary>
    public static string Number(double? value, IReadOnlyList<double>? interval = null) => value is not double known
        ? "-"
        : interval is null ? Short(known) : $"{Short(known)} [{Short(interval[0])}, {Short(interval[1])}]";

    /// <summary>A p value: "&lt;0.0001" where smaller, "-" where there is none.</summary>
    public static string PValue(double? value) => value switch
    {
        null => "-",
        < 0.0001 => "<0.0001",
        double p => p.ToString("0.0000", CultureInfo.InvariantCulture),
    };

    private static string Short(double value) =>
        value.ToString(Math.Abs(value) is 0 or (>= 0.0001 and < 10_000) ? "0.0000" : "0.0000E+0", CultureInfo.InvariantCulture);
}
