namespace Governance.Audit.Theft.Attacks;

/// <summary>The unknowns of a linear model over a space: the constant, each number, and each level but the usual one.</summary>
/// <remarks>Numbers count from the median in units of their usual spread, so that all unknowns are of one size.</remarks>
internal sealed class LinearDesign
{
    private readonly QuerySpace space;
    private readonly double[] middles;
    private readonly double[] spreads;

    public LinearDesign(QuerySpace space)
    {
        this.space = space;
        middles = [.. space.Columns.Select(column => column.IsNumeric ? column.Quantile(0.5) : 0)];
        spreads = [.. space.Columns.Select(column => column.IsNumeric ? column.Spread : 1)];
    }

    /// <summary>Unknowns.</summary>
    public int Size => space.Unknowns;

    /// <summary>Writes the factors of the unknowns for a row.</summary>
    /// <param name="row">Shape [width].</param>
    /// <param name="line">Shape [<see cref="Size"/>], overwritten.</param>
    public void Fill(float[] row, double[] line)
    {
        line[0] = 1;
        int at = 1;
        for (int i = 0; i < spreads.Length; i++)
        {
            QueryColumn column = space.Columns[i];
            if (column.IsNumeric && column.Freedom > 0)
            {
                line[at++] = (row[column.Offset] - middles[i]) / spreads[i];
            }

            for (int level = 0; level < column.Levels.Count; level++)
            {
                if (level != column.Mode)
                {
                    line[at++] = row[column.Offset + level];
                }
            }
        }
    }

    /// <summary>Brings a solution to the row's own numbers.</summary>
    /// <param name="solution">Shape [<see cref="Size"/>].</param>
    /// <returns>Shape [1 + width], the constant first.</returns>
    public double[] Form(double[] solution)
    {
        double[] form = new double[space.Width + 1];
        form[0] = solution[0];
        int at = 1;
        for (int i = 0; i < spreads.Length; i++)
        {
            QueryColumn column = space.Columns[i];
            if (column.IsNumeric && column.Freedom > 0)
            {
                form[column.Offset + 1] = solution[at++] / spreads[i];
                form[0] -= form[column.Offset + 1] * middles[i];
            }

            for (int level = 0; level < column.Levels.Count; level++)
            {
                if (level != column.Mode)
                {
                    form[column.Offset + level + 1] = solution[at++];
                }
            }
        }

        return form;
    }

    /// <summary>The unknowns of a form: the inverse of <see cref="Form"/>.</summary>
    /// <param name="form">Shape [1 + width].</param>
    /// <returns>Shape [<see cref="Size"/>].</returns>
    public double[] Solution(double[] form)
    {
        List<double> solution = [form[0]];
        for (int i = 0; i < spreads.Length; i++)
        {
            QueryColumn column = space.Columns[i];
            if (column.IsNumeric)
            {
                solution[0] += form[column.Offset + 1] * middles[i];
                if (column.Freedom > 0)
                {
                    solution.Add(form[column.Offset + 1] * spreads[i]);
                }

                continue;
            }

            double usual = form[column.Offset + column.Mode + 1];
            solution[0] += usual;
            solution.AddRange(Enumerable.Range(0, column.Levels.Count).Where(level => level != column.Mode)
                .Select(level => form[column.Offset + level + 1] - usual));
        }

        return [.. solution];
    }
}
