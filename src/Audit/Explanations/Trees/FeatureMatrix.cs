namespace Governance.Audit.Explanations.Trees;

/// <summary>The features of a number of rows, column by column; NaN is missing.</summary>
public sealed class FeatureMatrix
{
    /// <summary>Makes a matrix over columns that are kept, not copied.</summary>
    /// <param name="rows">The number of rows, at least 1.</param>
    /// <param name="columns">One array of that length a feature.</param>
    /// <exception cref="ArgumentException">A column has another length.</exception>
    public FeatureMatrix(int rows, IReadOnlyList<double[]> columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        if (columns.Any(column => column.Length != rows))
        {
            throw new ArgumentException($"Every column must have {rows} rows.", nameof(columns));
        }

        Rows = rows;
        Columns = columns;
    }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>One array a feature.</summary>
    public IReadOnlyList<double[]> Columns { get; }
}
