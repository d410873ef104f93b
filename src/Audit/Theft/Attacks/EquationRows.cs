namespace Governance.Audit.Theft.Attacks;

/// <summary>Rows that a thief makes up to solve for one unknown after another.</summary>
public static class EquationRows
{
    /// <summary>The usual row: medians and most frequent levels.</summary>
    public static float[] Usual(QuerySpace space)
    {
        float[] row = new float[space.Width];
        foreach (QueryColumn column in space.Columns)
        {
            if (column.IsNumeric)
            {
                row[column.Offset] = column.Legal(column.Quantile(0.5));
            }
            else
            {
                column.SetLevel(row, column.Mode);
            }
        }

        return row;
    }

    /// <summary>The usual row, then rows that differ from it in one column: one for each unknown of a linear model.</summary>
    /// <returns>Shape [<see cref="QuerySpace.Unknowns"/>][width].</returns>
    public static IReadOnlyList<float[]> OneAtATime(QuerySpace space)
    {
        List<float[]> rows = [Usual(space)];
        foreach (QueryColumn column in space.Columns.Where(column => column.Freedom > 0))
        {
            if (column.IsNumeric)
            {
                rows.Add([.. rows[0]]);
                rows[^1][column.Offset] = Other(column, rows[0][column.Offset]);
                continue;
            }

            foreach (int level in Enumerable.Range(0, column.Levels.Count).Where(level => level != column.Mode))
            {
                rows.Add([.. rows[0]]);
                column.SetLevel(rows[^1], level);
            }
        }

        return rows;
    }

    // Far enough to show in single precision, near enough not to saturate the probability: the ninth decile, or, where most
    // rows have one value, the middle of all others.
    private static float Other(QueryColumn column, float usual)
    {
        float far = column.Legal(column.Quantile(0.9));
        double[] others = [.. column.Values.Where(value => (float)value != usual)];
        return far != usual ? far : (float)others[others.Length / 2];
    }
}
