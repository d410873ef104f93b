namespace Governance.Audit.Theft.Detection;

/// <summary>Rows of the kind that honest people ask about, as the model reads them, from which a watch is calibrated.</summary>
public sealed class WatchReference
{
    /// <summary>The fewest rows that a watch can be calibrated on.</summary>
    public const int LeastRows = 40;

    /// <summary>Makes a reference.</summary>
    /// <param name="rows">Shape [count, width], row-major; NaN where missing. Kept, not copied.</param>
    /// <param name="width">Features of a row, at least 1.</param>
    /// <param name="margins">
    /// Shape [count]: how far each row is from being decided otherwise, not negative; NaN where nothing is decided.
    /// Kept, not copied.
    /// </param>
    /// <param name="columns">
    /// The features that stand for one readable column each, such as the one-hot features of its levels; together all
    /// features, each once. Null takes each feature as a column.
    /// </param>
    /// <exception cref="ArgumentException">The shapes do not fit each other, or there are too few rows.</exception>
    public WatchReference(float[] rows, int width, double[] margins, IReadOnlyList<int[]>? columns = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (rows.Length != margins.Length * width || margins.Length < LeastRows)
        {
            throw new ArgumentException($"Expected at least {LeastRows} rows of {width} values and a margin each.", nameof(rows));
        }

        if (Array.Exists(rows, float.IsInfinity))
        {
            throw new ArgumentException("A feature is infinite.", nameof(rows));
        }

        Columns = columns ?? [.. Enumerable.Range(0, width).Select(feature => (int[])[feature])];
        if (!Columns.SelectMany(column => column).Order().SequenceEqual(Enumerable.Range(0, width)))
        {
            throw new ArgumentException("The columns do not share out the features.", nameof(columns));
        }

        Rows = rows;
        Width = width;
        Margins = margins;
    }

    /// <summary>Shape [<see cref="Count"/>, <see cref="Width"/>], row-major.</summary>
    public float[] Rows { get; }

    /// <summary>Features of a row.</summary>
    public int Width { get; }

    /// <summary>Shape [<see cref="Count"/>].</summary>
    public double[] Margins { get; }

    /// <summary>The features of each readable column.</summary>
    public IReadOnlyList<int[]> Columns { get; }

    /// <summary>The number of rows.</summary>
    public int Count => Margins.Length;

    /// <summary>Shape [<see cref="Width"/>]: one row.</summary>
    public ReadOnlySpan<float> Row(int row) => Rows.AsSpan(row * Width, Width);
}
