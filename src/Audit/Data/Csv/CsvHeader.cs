namespace Governance.Audit.Data.Csv;

/// <summary>Takes the first record as names.</summary>
internal static class CsvHeader
{
    /// <summary>The names of the columns.</summary>
    /// <exception cref="InputException">A name breaks a rule, or the cells are not separated by commas.</exception>
    public static IReadOnlyList<string> Names(CsvRecord record, DataLimits limits)
    {
        List<string> names = new(record.Cells.Count);
        ColumnNames rules = new(limits, 1);
        for (int i = 0; i < record.Cells.Count; i++)
        {
            rules.RefuseMore(record.Cells.Count);
            names.Add(rules.Accept(record.Text(i)));
        }

        return names is [string only] && only.AsSpan().IndexOfAny(';', '\t') >= 0
            ? throw DataFault.At(1, "is not separated by commas (semicolons or tabs were found); save the file with commas and decimal points")
            : names;
    }
}
