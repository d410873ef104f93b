namespace Governance.Audit.Theft.Attacks;

/// <summary>How far rows are from each other: numbers in units of their usual spread, levels 1 where they differ.</summary>
internal sealed class RowDistance
{
    private readonly QuerySpace space;
    private readonly double[] spreads;

    public RowDistance(QuerySpace space)
    {
        this.space = space;
        spreads = [.. space.Columns.Select(column => column.IsNumeric ? column.Spread : 1)];
    }

    /// <summary>The sum over the columns.</summary>
    public double Between(float[] a, float[] b)
    {
        double sum = 0;
        for (int i = 0; i < spreads.Length; i++)
        {
            QueryColumn column = space.Columns[i];
            sum += column.IsNumeric ? Math.Abs((double)a[column.Offset] - b[column.Offset]) / spreads[i]
                : column.LevelOf(a) == column.LevelOf(b) ? 0 : 1;
        }

        return sum;
    }

    /// <summary>The nearest of some rows; null where there are none.</summary>
    public float[]? Nearest(float[] row, IEnumerable<float[]> rows) => rows.MinBy(other => Between(row, other));
}
