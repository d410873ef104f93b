namespace Governance.Audit.Privacy;

/// <summary>The cells of a table as edges between its rows and columns, and the cycles through those not shown.</summary>
/// <param name="counts">Shape [rows, columns], sums included.</param>
/// <param name="hidden">The same shape: what is not shown; cells are added here.</param>
internal sealed class SuppressionGraph(int[,] counts, bool[,] hidden)
{
    private readonly int rows = counts.GetLength(0);
    private readonly int columns = counts.GetLength(1);

    /// <summary>Finds a cell that is not shown but follows from the others, and hides the cells of the cheapest cycle through it.</summary>
    /// <returns>False where there is none.</returns>
    public bool CloseBridge()
    {
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                // What is the whole has no other way: that all rows are so many is known anyhow.
                if (hidden[r, c] && Path(r, c, hiddenOnly: true) is null && Path(r, c, hiddenOnly: false) is { } cycle)
                {
                    foreach ((int row, int column) in cycle)
                    {
                        hidden[row, column] = true;
                    }

                    return true;
                }
            }
        }

        return false;
    }

    // Dijkstra from the cell's row to its column without the cell itself; a hidden cell costs nothing, another its count.
    private List<(int Row, int Column)>? Path(int row, int column, bool hiddenOnly)
    {
        int nodes = rows + columns;
        long[] cost = new long[nodes];
        int[] from = new int[nodes];
        Array.Fill(cost, long.MaxValue);
        Array.Fill(from, -1);
        PriorityQueue<int, long> queue = new();
        cost[row] = 0;
        queue.Enqueue(row, 0);
        while (queue.TryDequeue(out int node, out long reached))
        {
            if (reached > cost[node])
            {
                continue;
            }

            for (int other = node < rows ? rows : 0; other < (node < rows ? nodes : rows); other++)
            {
                (int r, int c) = node < rows ? (node, other - rows) : (other, node - rows);
                bool whole = r == rows - 1 && c == columns - 1 && !hidden[r, c];
                if ((r == row && c == column) || counts[r, c] == 0 || whole || (hiddenOnly && !hidden[r, c]))
                {
                    continue;
                }

                long next = reached + (hidden[r, c] ? 0 : counts[r, c]);
                if (next < cost[other])
                {
                    cost[other] = next;
                    from[other] = node;
                    queue.Enqueue(other, next);
                }
            }
        }

        if (from[rows + column] < 0)
        {
            return null;
        }

        List<(int, int)> cells = [];
        for (int node = rows + column; node != row; node = from[node])
        {
            int before = from[node];
            cells.Add(node < rows ? (node, before - rows) : (before, node - rows));
        }

        return cells;
    }
}
