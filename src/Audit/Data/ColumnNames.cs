namespace Governance.Audit.Data;

/// <summary>Refuses names of columns that nobody could tell apart, whatever the format they come from.</summary>
/// <param name="limits">Bounds number and length.</param>
/// <param name="line">The line on which the names stand; null for formats without lines.</param>
internal sealed class ColumnNames(DataLimits limits, long? line)
{
    private readonly HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Checks the next name.</summary>
    /// <returns>The name.</returns>
    /// <exception cref="InputException">It is blank, too long, or occurs twice (letter case ignored).</exception>
    public string Accept(string name)
    {
        int number = seen.Count + 1;
        return string.IsNullOrWhiteSpace(name) ? throw DataFault.At(line, $"has no name for column {number}")
            : name.Length > limits.NameLength
            ? throw DataFault.At(line, $"names column {number} with {name.Length:N0} characters; at most {limits.NameLength:N0} are accepted")
            : seen.Add(name) ? name
            : throw DataFault.At(line, $"names the column '{name}' twice (letter case is ignored)", name);
    }

    /// <summary>Refuses more columns than are accepted.</summary>
    /// <exception cref="InputException">There are more.</exception>
    public void RefuseMore(long columns)
    {
        if (columns > limits.Columns)
        {
            throw DataFault.At(line, $"names {columns:N0} columns; at most {limits.Columns:N0} are accepted");
        }
    }
}
