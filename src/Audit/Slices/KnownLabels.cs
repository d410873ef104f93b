using Governance.Audit.Data;

namespace Governance.Audit.Slices;

/// <summary>The rows whose truth is known.</summary>
public static class KnownLabels
{
    /// <summary>Leaves out the rows without a label, with a warning.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="label">The column with what was true.</param>
    /// <param name="warn">Receives how many were left out.</param>
    /// <exception cref="InputException">There is no such column, or it is empty throughout.</exception>
    public static Table Take(Table table, string label, Action<AuditWarning> warn)
    {
        Column column = table.Need(label);
        int[] kept = [.. Enumerable.Range(0, table.Rows).Where(row => !column.IsMissing(row))];
        if (kept.Length == 0)
        {
            throw new InputException($"No row has a label in '{label}'.") { Column = label };
        }

        if (kept.Length == table.Rows)
        {
            return table;
        }

        warn(new AuditWarning("missing-label", $"{table.Rows - kept.Length} rows have no label and are left out.", Column: label));
        return table.Take(kept);
    }
}
