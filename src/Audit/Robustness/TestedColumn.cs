using Governance.Audit.Data;
using Governance.Audit.Explanations.Profiles;

namespace Governance.Audit.Robustness;

/// <summary>A column that tests may change, with its scale.</summary>
/// <param name="Index">Its place among the model's columns; seeds its random numbers.</param>
/// <param name="Readable">Its cells and what the encoding knows of it.</param>
/// <param name="Role">What the cells are.</param>
/// <param name="Spread">Standard deviation of its numbers; of pixels that of the whole tensor; 0 for levels.</param>
/// <param name="Least">The smallest number, of pixels of the whole tensor; NaN for levels.</param>
/// <param name="Most">The largest number likewise.</param>
/// <param name="IsWhole">Whether its numbers are whole and must stay so.</param>
internal sealed record TestedColumn(
    int Index, ReadableColumn Readable, ColumnRole Role, double Spread, double Least, double Most, bool IsWhole)
{
    /// <summary>Its name.</summary>
    public string Name => Readable.Name;

    /// <summary>Its cells.</summary>
    public Column Cells => Readable.Cells;

    /// <summary>Whether its cells are numbers on a scale.</summary>
    public bool HasScale => Role is ColumnRole.Number or ColumnRole.Pixel;

    /// <summary>The column with other numbers; whole ones are rounded where the column is whole.</summary>
    /// <param name="change">From row and number to number; missing cells stay missing.</param>
    public NumberColumn Map(Func<int, double, double> change)
    {
        ReadOnlySpan<double> cells = ((NumberColumn)Cells).Values;
        double[] changed = new double[cells.Length];
        for (int row = 0; row < changed.Length; row++)
        {
            double value = double.IsNaN(cells[row]) ? double.NaN : change(row, cells[row]);
            changed[row] = IsWhole ? Math.Round(value) : value;
        }

        return new NumberColumn(Name, changed);
    }
}
