using Governance.Audit.Data;

namespace Governance.Audit.Performance;

/// <summary>Columns that must hold numbers.</summary>
internal static class NumberCells
{
    // What a sum of leaves or exponentials in 32 bits leaves outside [0, 1]; a score that is none lies further out.
    private const double Rounding = 1e-5;

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

    /// <summary>The scores of a column: where all lie in [0, 1] but for rounding, what is outside is put at its end.</summary>
    /// <remarks>A forest whose leaves sum to 1.0000001 still gives probabilities.</remarks>
    /// <exception cref="InputException">As of <see cref="Read"/>.</exception>
    public static double[] ReadScores(Table table, string name)
    {
        double[] scores = Read(table, name);
        return Array.Exists(scores, score => score is < -Rounding or > 1 + Rounding) ? scores : Array.ConvertAll(scores, score => Math.Clamp(score, 0, 1));
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
