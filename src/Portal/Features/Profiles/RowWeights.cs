using Governance.Audit.Data;

namespace Governance.Portal.Features.Profiles;

/// <summary>The weights of rows, read from a column.</summary>
internal static class RowWeights
{
    /// <summary>Reads them.</summary>
    /// <exception cref="InputException">There is no such column, a cell is no number of at least 0, or all are 0.</exception>
    public static double[] Read(Table table, string name)
    {
        Column column = table.Need(name);
        double[] weights = new double[table.Rows];
        for (int row = 0; row < weights.Length; row++)
        {
            weights[row] = column.Number(row);
            if (!(weights[row] >= 0 && double.IsFinite(weights[row])))
            {
                throw new InputException($"{table.Place(row)}: the weight '{column.Text(row)}' is no number of at least 0.")
                {
                    Column = name,
                    Line = table.Line(row),
                };
            }
        }

        return weights.Sum() > 0 ? weights : throw new InputException($"The weights in the column '{name}' are all 0.") { Column = name };
    }
}
