using Governance.Audit.Data;
using Governance.Audit.Training;

namespace Governance.Audit.Mitigation;

/// <summary>Readable columns as the numbers that a logistic model learns from, as the rows that it is fitted on have them.</summary>
/// <remarks>
/// A column of numbers stays one, empty cells become its mean; a column of text becomes one feature a level but the first, a
/// level that was not seen is none of them.
/// </remarks>
internal sealed class FeatureColumns
{
    private const int MostLevels = 100;

    private readonly IReadOnlyList<(string Column, double Mean, string[]? Levels)> columns;

    private FeatureColumns(IReadOnlyList<(string Column, double Mean, string[]? Levels)> columns)
    {
        this.columns = columns;
        Names = [.. columns.SelectMany(column => column.Levels is null ? [column.Column] : column.Levels.Select(level => $"{column.Column}={level}"))];
    }

    /// <summary>The features.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Learns means and levels.</summary>
    /// <param name="table">The rows to fit on.</param>
    /// <param name="names">The columns.</param>
    /// <exception cref="InputException">A column is missing, empty, or has too many levels.</exception>
    public static FeatureColumns Of(Table table, IReadOnlyList<string> names) => new([.. names.Select(name => Learn(table.Need(name)))]);

    /// <summary>The rows as features.</summary>
    /// <param name="table">With the same columns.</param>
    /// <param name="weights">Shape [rows].</param>
    public TrainingRows Rows(Table table, double[] weights)
    {
        float[] values = new float[table.Rows * Names.Count];
        int at = 0;
        foreach ((string name, double mean, string[]? levels) in columns)
        {
            Column column = table.Need(name);
            for (int row = 0; row < table.Rows; row++)
            {
                if (levels is null)
                {
                    double number = column.Number(row);
                    values[(row * Names.Count) + at] = (float)(double.IsNaN(number) ? mean : number);
                }
                else if (Array.IndexOf(levels, column.Text(row)) is >= 0 and int level)
                {
                    values[(row * Names.Count) + at + level] = 1;
                }
            }

            at += levels?.Length ?? 1;
        }

        return new TrainingRows(Names, values, weights);
    }

    private static (string, double, string[]?) Learn(Column column)
    {
        if (column is TextColumn)
        {
            IReadOnlyList<string> levels = Levels.Of(column).Names;
            return levels.Count is >= 2 and <= MostLevels
                ? (column.Name, 0, [.. levels.Skip(1)])
                : throw new InputException($"The column '{column.Name}' has {levels.Count:N0} levels; a feature has 2 to {MostLevels}.") { Column = column.Name };
        }

        double[] known = [.. Enumerable.Range(0, column.Count).Select(column.Number).Where(double.IsFinite)];
        return known.Length > 0
            ? (column.Name, known.Average(), null)
            : throw new InputException($"The column '{column.Name}' holds no numbers.") { Column = column.Name };
    }
}
