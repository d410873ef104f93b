using System.Text.Json;
using Governance.Audit.Data;
using Governance.Registry.Datasets;

namespace Governance.Audit.Traffic;

/// <summary>Rows of a window as a data set: JSON Lines, in which no cell is changed, with what each column is. Pure.</summary>
/// <param name="Bytes">The same rows with the same labels give the same bytes.</param>
/// <param name="Columns">The row's id and time, the features as the reference data declare them, and the label.</param>
/// <param name="Rows">How many.</param>
/// <param name="Unreadable">Cells of columns of numbers that hold none: they are missing in the file.</param>
internal sealed record TrafficRowsFile(byte[] Bytes, IReadOnlyList<DatasetColumn> Columns, int Rows, long Unreadable)
{
    /// <summary>Whether any of the rows has a label.</summary>
    public bool HasLabels => Columns[^1].Role == ColumnRole.Label;

    private const string IdColumn = "row_id";
    private const string TimeColumn = "served_at";

    /// <summary>Writes a window.</summary>
    /// <param name="window">The rows, with all their columns.</param>
    /// <param name="reference">The columns of the deployment's reference data.</param>
    /// <param name="label">What the label's column is called.</param>
    /// <param name="labelled">Whether only rows with a label are kept.</param>
    public static TrafficRowsFile Of(TrafficWindow window, IReadOnlyList<DatasetColumn> reference, string label, bool labelled)
    {
        Column[] features = [.. (window.Columns?.Columns ?? []).Where(column => column.Name != label)];
        HashSet<string> taken = [label, .. features.Select(column => column.Name)];
        (string id, string time) = (Free(IdColumn, taken), Free(TimeColumn, taken));
        DatasetColumn[] declared = [.. features.Select(column => Declared(column, reference))];
        int[] rows = [.. Enumerable.Range(0, window.Rows).Where(row => !labelled || !window.Labels.IsMissing(row))];
        DatasetColumn? known = reference.FirstOrDefault(column => column.Name == label);
        bool labels = rows.Any(row => !window.Labels.IsMissing(row));
        long unreadable = 0;
        using MemoryStream bytes = new();
        foreach (int row in rows)
        {
            using (Utf8JsonWriter line = new(bytes))
            {
                line.WriteStartObject();
                line.WriteString(id, window.Ids[row]);
                line.WriteString(time, window.Times[row].ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", System.Globalization.CultureInfo.InvariantCulture));
                for (int i = 0; i < features.Length; i++)
                {
                    unreadable += Write(line, features[i], declared[i].Kind, row) ? 0 : 1;
                }

                if (labels)
                {
                    Write(line, window.Labels, known?.Kind ?? ColumnKind.Categorical, row, label);
                }

                line.WriteEndObject();
            }

            bytes.WriteByte((byte)'\n');
        }

        return new TrafficRowsFile(
            bytes.ToArray(),
            [
                new DatasetColumn(id, ColumnKind.Text, ColumnRole.Id) { Subject = true },
                new DatasetColumn(time, ColumnKind.Date, ColumnRole.Time),
                .. declared,
                .. labels ? (DatasetColumn[])[(known ?? new DatasetColumn(label, ColumnKind.Categorical, ColumnRole.Label)) with { Role = ColumnRole.Label }] : [],
            ],
            rows.Length, unreadable);
    }

    // A column that the reference data lack is what its cells are, and for nothing in particular.
    private static DatasetColumn Declared(Column column, IReadOnlyList<DatasetColumn> reference) =>
        reference.FirstOrDefault(known => known.Name == column.Name)
        ?? new DatasetColumn(column.Name, column is NumberColumn ? ColumnKind.Numeric : ColumnKind.Text, ColumnRole.Feature);

    // False where a number is wanted and the cell holds none.
    private static bool Write(Utf8JsonWriter line, Column column, ColumnKind kind, int row, string? name = null)
    {
        line.WritePropertyName(name ?? column.Name);
        if (column.IsMissing(row))
        {
            line.WriteNullValue();
            return true;
        }

        if (kind != ColumnKind.Numeric)
        {
            line.WriteStringValue(column.Text(row));
            return true;
        }

        double number = column.Number(row);
        if (double.IsFinite(number))
        {
            line.WriteNumberValue(number);
            return true;
        }

        line.WriteNullValue();
        return false;
    }

    private static string Free(string name, HashSet<string> taken)
    {
        while (!taken.Add(name))
        {
            name += "_";
        }

        return name;
    }
}
