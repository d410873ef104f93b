namespace Governance.Audit.Inference.Forms;

/// <summary>The columns of some values of a graph for a number of rows, as the runtime computes them.</summary>
internal sealed class FeatureTable
{
    private readonly Dictionary<string, (double[] Values, int Width)> tensors;

    /// <summary>Makes a table.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="tensors">Shape [rows, width] row-major each.</param>
    public FeatureTable(int rows, Dictionary<string, (double[] Values, int Width)> tensors)
    {
        Rows = rows;
        this.tensors = tensors;
    }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>One number.</summary>
    /// <param name="row">The row.</param>
    /// <param name="tensor">The value's name in the graph.</param>
    /// <param name="column">The element of the row.</param>
    /// <exception cref="Data.InputException">The value has fewer columns: a tree tests a feature that is not there.</exception>
    public double this[int row, string tensor, int column]
    {
        get
        {
            (double[] values, int width) = tensors[tensor];
            return column < width
                ? values[((long)row * width) + column]
                : throw new Data.InputException($"The model reads column {column} of a value that has {width}.");
        }
    }

    /// <summary>Elements a row of a value.</summary>
    public int Width(string tensor) => tensors[tensor].Width;
}
