namespace Governance.Audit.Explanations.Importance;

/// <summary>Many rows as a few thousand means of random blocks of rows, to draw with replacement instead of the rows.</summary>
/// <remarks>
/// The mean of blocks has the rows' own variance, because rows are dealt to blocks at random (the random-groups estimator:
/// Wolter, "Introduction to Variance Estimation", 2nd edition, 2007, chapter 2). A draw then costs the blocks, not the rows.
/// </remarks>
internal static class RowBlocks
{
    /// <summary>Up to this many rows are drawn themselves.</summary>
    public const int MostRows = 5_000;

    private const int Blocks = 2_000;

    /// <summary>The values to draw from, and each one's weight.</summary>
    /// <param name="values">Shape [rows, columns].</param>
    /// <param name="columns">At least 1.</param>
    /// <param name="seed">Decides which rows come together.</param>
    /// <returns>The rows themselves where they are few; else shape [2000, columns] and how many rows each stands for.</returns>
    public static (ReadOnlyMemory<double> Values, double[] Weights) Of(ReadOnlyMemory<double> values, int columns, int seed)
    {
        int rows = values.Length / columns;
        double[] weights = new double[rows <= MostRows ? rows : Blocks];
        if (rows <= MostRows)
        {
            Array.Fill(weights, 1);
            return (values, weights);
        }

        int[] block = Deal(rows, seed);
        double[] means = new double[Blocks * columns];
        ReadOnlySpan<double> all = values.Span;
        for (int row = 0; row < rows; row++)
        {
            weights[block[row]]++;
            for (int column = 0; column < columns; column++)
            {
                means[(block[row] * columns) + column] += all[(row * columns) + column];
            }
        }

        for (int i = 0; i < means.Length; i++)
        {
            means[i] /= weights[i / columns];
        }

        return (means, weights);
    }

    // Blocks of equal size (or one row more), dealt by a shuffle of Fisher and Yates.
    private static int[] Deal(int rows, int seed)
    {
        int[] block = [.. Enumerable.Range(0, rows).Select(row => row % Blocks)];
        SeededRandom random = new(seed, 1);
        for (int last = rows - 1; last > 0; last--)
        {
            int other = random.NextBelow(last + 1);
            (block[last], block[other]) = (block[other], block[last]);
        }

        return block;
    }
}
