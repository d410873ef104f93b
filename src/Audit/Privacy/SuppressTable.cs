namespace Governance.Audit.Privacy;

/// <summary>Chooses which counts of a table with its sums are not shown, so that no small one can be worked out.</summary>
/// <remarks>
/// The table is a network: a cell is an edge between the node of its row and that of its column, sums being cells too.
/// A cell that is not shown can be worked out exactly from those shown if and only if its edge is a bridge among the
/// edges not shown (all of these count at least 1, so every cycle leaves room either way). Bridges are closed to cycles over the cells that count least.
/// Besides, the cells not shown of a line whose sum is shown count at least k together, for their total follows from the others.
/// Source: Gusfield, "A graph theoretic approach to statistical data security", SIAM J. Comput. 17(3), 1988.
/// </remarks>
public static class SuppressTable
{
    /// <summary>Chooses.</summary>
    /// <param name="counts">Shape [rows, columns]: the inner cells, at least 0.</param>
    /// <param name="smallest">k: counts from 1 to k − 1 are not shown.</param>
    /// <param name="rowSums">Shape [rows]: sums that must not be shown anyway; null for none.</param>
    /// <param name="columnSums">Shape [columns]: likewise.</param>
    /// <returns>
    /// Shape [rows + 1, columns + 1]: true where a count is not shown; the last column holds the sums of rows, the last row
    /// those of columns, its last element that of all.
    /// </returns>
    public static bool[,] Run(int[,] counts, int smallest, bool[]? rowSums = null, bool[]? columnSums = null)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentOutOfRangeException.ThrowIfNegative(smallest);
        int[,] all = WithSums(counts);
        int rows = all.GetLength(0);
        int columns = all.GetLength(1);
        bool[,] hidden = new bool[rows, columns];
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                bool forced = (c == columns - 1 && r < rows - 1 && rowSums?[r] == true) || (r == rows - 1 && c < columns - 1 && columnSums?[c] == true);
                hidden[r, c] = all[r, c] > 0 && (all[r, c] < smallest || forced);
            }
        }

        SuppressionGraph graph = new(all, hidden);
        while (FillLines(all, hidden, smallest) || graph.CloseBridge())
        {
            // until neither finds anything to hide
        }

        return hidden;
    }

    /// <summary>The same for counts in one line whose total is shown: the groups of one attribute.</summary>
    /// <param name="counts">Shape [groups].</param>
    /// <param name="smallest">k.</param>
    /// <param name="forced">Shape [groups]: counts that must not be shown anyway; null for none.</param>
    public static bool[] Run(ReadOnlySpan<int> counts, int smallest, bool[]? forced = null)
    {
        int[,] table = new int[1, counts.Length];
        for (int c = 0; c < counts.Length; c++)
        {
            table[0, c] = counts[c];
        }

        bool[,] hidden = Run(table, smallest, null, forced);
        return [.. Enumerable.Range(0, counts.Length).Select(c => hidden[0, c])];
    }

    // Where a sum is shown, the total of the cells of its line that are not follows from those that are.
    private static bool FillLines(int[,] all, bool[,] hidden, int smallest)
    {
        int rows = all.GetLength(0);
        int columns = all.GetLength(1);
        bool changed = false;
        for (int r = 0; r < rows; r++)
        {
            changed |= Fill([.. Enumerable.Range(0, columns).Select(c => (r, c))]);
        }

        for (int c = 0; c < columns; c++)
        {
            changed |= Fill([.. Enumerable.Range(0, rows).Select(r => (r, c))]);
        }

        return changed;

        bool Fill((int Row, int Column)[] line)
        {
            (int Row, int Column) sum = line[^1];
            (int Row, int Column)[] own = [.. line[..^1].Where(cell => hidden[cell.Row, cell.Column])];
            int total = own.Sum(cell => all[cell.Row, cell.Column]);
            if (own.Length == 0 || hidden[sum.Row, sum.Column] || total >= smallest)
            {
                return false;
            }

            (int Row, int Column)[] open = [.. line[..^1].Where(cell => !hidden[cell.Row, cell.Column] && all[cell.Row, cell.Column] > 0)];
            (int Row, int Column) next = open.Length > 0 ? open.MinBy(cell => all[cell.Row, cell.Column]) : sum;
            hidden[next.Row, next.Column] = true;
            return true;
        }
    }

    private static int[,] WithSums(int[,] counts)
    {
        int rows = counts.GetLength(0);
        int columns = counts.GetLength(1);
        int[,] all = new int[rows + 1, columns + 1];
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                int count = counts[r, c] >= 0 ? counts[r, c] : throw new ArgumentException("A count is negative.", nameof(counts));
                all[r, c] = count;
                all[r, columns] += count;
                all[rows, c] += count;
                all[rows, columns] += count;
            }
        }

        return all;
    }
}
