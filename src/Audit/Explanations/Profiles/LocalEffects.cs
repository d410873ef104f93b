namespace Governance.Audit.Explanations.Profiles;

/// <summary>How the output of single rows changes across the cell that they stand in.</summary>
/// <param name="Rows">Shape [steps]: the row.</param>
/// <param name="Cells">Shape [steps]: the interval, or the cell of two intervals, row-major.</param>
/// <param name="Changes">Shape [steps, outputs]: the change, in the units of the link.</param>
/// <param name="CellCount">How many cells there are.</param>
/// <param name="Outputs">Outputs a step.</param>
public sealed record LocalEffects(int[] Rows, int[] Cells, double[] Changes, int CellCount, int Outputs)
{
    /// <summary>The weighted mean change of each cell. O(steps · outputs).</summary>
    /// <param name="weights">Shape [rows].</param>
    /// <param name="fallback">Shape [cells, outputs]: what stands in a cell without weight; empty for 0.</param>
    /// <param name="means">Shape [cells, outputs], overwritten.</param>
    public void Means(ReadOnlySpan<double> weights, ReadOnlySpan<double> fallback, Span<double> means)
    {
        Span<double> totals = CellCount <= 512 ? stackalloc double[CellCount] : new double[CellCount];
        totals.Clear();
        means.Clear();
        for (int step = 0; step < Rows.Length; step++)
        {
            double weight = weights[Rows[step]];
            if (weight > 0)
            {
                int cell = Cells[step];
                totals[cell] += weight;
                for (int output = 0; output < Outputs; output++)
                {
                    means[(cell * Outputs) + output] += weight * Changes[(step * Outputs) + output];
                }
            }
        }

        for (int cell = 0; cell < CellCount; cell++)
        {
            for (int output = 0; output < Outputs; output++)
            {
                int at = (cell * Outputs) + output;
                means[at] = totals[cell] > 0 ? means[at] / totals[cell] : fallback.IsEmpty ? 0 : fallback[at];
            }
        }
    }

    /// <summary>Shape [cells]: the number of rows of each cell.</summary>
    public int[] Counts()
    {
        int[] counts = new int[CellCount];
        foreach (int cell in Cells)
        {
            counts[cell]++;
        }

        return counts;
    }
}
