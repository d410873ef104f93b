using System.Globalization;

namespace Governance.Audit.Cohorts;

/// <summary>Writes names and values so that <see cref="Cohort.Parse"/> reads them back as they were.</summary>
public static class CohortText
{
    private static readonly string[] Words = ["and", "or", "not", "in", "is", "between", "missing"];

    /// <summary>A column's name: bare where that is plain, else in double quotes.</summary>
    public static string Column(string name) =>
        name.Length > 0 && (char.IsLetter(name[0]) || name[0] == '_') && name.All(symbol => char.IsLetterOrDigit(symbol) || symbol is '_' or '.')
        && !Words.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? name
            : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A text in single quotes.</summary>
    public static string Text(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A number in its shortest round-trip form.</summary>
    /// <param name="value">Finite.</param>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
