using Governance.Audit.Data.Sources;

namespace Governance.Audit.Data.Arrays;

/// <summary>Tables from arrays of NumPy: one NPY file, or the arrays of an NPZ archive side by side.</summary>
internal static class NpyTable
{
    private static readonly RowOrigins Rows = new(null, null, -1);

    /// <summary>Reads one array; its columns are c0, c1 and so on.</summary>
    /// <exception cref="InputException">The bytes are no such array.</exception>
    public static Table Read(DataSource source, IReadOnlyList<ColumnRule> rules, DataLimits limits, CancellationToken cancellationToken) =>
        new(NpyArray.Read(source.Open, source.Length, (_, column) => $"c{column}", rules, limits, cancellationToken), Rows);

    /// <summary>Reads the arrays of an archive: x of one column is x, of several x_0, x_1 and so on.</summary>
    /// <exception cref="InputException">One is no such array, two share a name, or they differ in rows.</exception>
    public static Table Read(ZipContent zip, IReadOnlyList<ColumnRule> rules, DataLimits limits, CancellationToken cancellationToken)
    {
        List<Column> all = [];
        ColumnNames names = new(limits, null);
        foreach (ZipItem item in zip.Items)
        {
            string name = item.Name.EndsWith(".npy", StringComparison.OrdinalIgnoreCase) ? item.Name[..^4] : item.Name;
            IReadOnlyList<Column> columns = NpyArray.Read(
                item.Open, -1, (header, column) => header.Shape.Count == 1 ? name : $"{name}_{column}", rules, limits, cancellationToken);
            names.RefuseMore(all.Count + columns.Count);
            foreach (Column column in columns)
            {
                names.Accept(column.Name);
            }

            if (all.Count > 0 && columns[0].Count != all[0].Count)
            {
                throw new InputException(
                    $"The arrays of the NPZ file differ in rows: '{all[0].Name}' has {all[0].Count:N0}, '{columns[0].Name}' has {columns[0].Count:N0}.");
            }

            all.AddRange(columns);
            limits.Refuse(all[0].Count, all.Sum(column => column is NumberColumn ? 8L * column.Count : 4L * column.Count));
        }

        return new Table(all, Rows);
    }
}
