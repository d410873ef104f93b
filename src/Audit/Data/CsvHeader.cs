using System.Text;

namespace Governance.Audit.Data;

/// <summary>Reads the names of the columns and refuses those that nobody could tell apart.</summary>
internal static class CsvHeader
{
    /// <summary>Reads the first record as names.</summary>
    /// <exception cref="InputException">
    /// The file is empty or an archive, a name is blank, too long or occurs twice (letter case ignored), there are too
    /// many columns, or they are not separated by commas.
    /// </exception>
    public static IReadOnlyList<string> Read(CsvScanner scanner, CsvLimits limits)
    {
        if (!scanner.Next())
        {
            throw new InputException("The data is empty: it has no header line.") { Line = 1 };
        }

        if (scanner.Cells > limits.Columns)
        {
            throw scanner.Fault($"names {scanner.Cells:N0} columns; at most {limits.Columns:N0} are accepted");
        }

        List<string> names = new(scanner.Cells);
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < scanner.Cells; i++)
        {
            string name = Encoding.UTF8.GetString(scanner.Cell(i));
            if (string.IsNullOrWhiteSpace(name))
            {
                throw scanner.Fault($"has no name for column {i + 1}");
            }

            if (name.Length > limits.NameLength)
            {
                throw scanner.Fault($"names column {i + 1} with {name.Length:N0} characters; at most {limits.NameLength:N0} are accepted");
            }

            if (!seen.Add(name))
            {
                throw scanner.Fault($"names the column '{name}' twice (letter case is ignored)", name);
            }

            names.Add(name);
        }

        if (names.Count == 1 && names[0].AsSpan().IndexOfAny(';', '\t') >= 0)
        {
            throw scanner.Fault("is not separated by commas (semicolons or tabs were found); save the file with commas and decimal points");
        }

        return names;
    }
}
