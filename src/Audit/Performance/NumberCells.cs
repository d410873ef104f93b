using Governance.Audit.Data;

namespace Governance.Audit.Performance;

/// <summary>Columns that must hold numbers.</summary>
internal static class NumberCells
{
    /// <summary>The numbers of a column; NaN where a cell is empty.</summary>
    /// <exception cref="InputException">There is no such column, or a cell holds text or an infinite number.</exception>
    public static double[] Read(Table table, string name)
    {
        Column column = table.Need(name);
        double[] numbers = new double[column.Count];
        for (int row = 0; row < numbers.Length; row++)
        {
            numbers[row] = column.Number(row);
            if (double.IsInfinity(numbers[row]) || (double.IsNaN(numbers[row]) && !column.IsMissing(row)))
            {
                throw new InputException($"The column '{name}' must hold finite numbers. {table.Place(row)} holds '{column.Text(row)}'.")
                {
                    Column = name,
                    Line = table.Line(row),
                };
            }
        }

        return numbers;
    }

    /// <summary>The weights of rows.</summary>
    /// <exception cref="InputException">There is no such column, or a weight is missing, negative or not finite.</exception>
    public static double[] ReadWeights(Table table, string name)
    {
        double[] weights = Read(table, name);
        for (int row = 0; row < weights.Length; row++)
        {
            if (!(weights[row] >= 0 && double.IsFinite(weights[row])))
            {
                throw new InputException($"A weight must be a number of at least 0. {table.Place(row)} holds '{table.Need(name).Text(row)}' in '{name}'.")
                {
                    Column = name,
                    Line = table.Line(row),
                };
            }
        }

        return weights;
    }
}
