namespace Governance.Audit.Privacy;

/// <summary>Elimination in the field of 2^31 − 1 elements: exact where rational numbers would grow.</summary>
/// <remarks>
/// What is a combination over the rational numbers with small denominators is one here; that another one turns up here
/// alone has a chance of about 2^−31 and would only refuse too much.
/// </remarks>
internal static class PrimeField
{
    private const long Prime = int.MaxValue;

    /// <summary>Brings rows to reduced echelon form over the columns [from, to), carrying the other columns along.</summary>
    /// <param name="rows">Shape [rows][columns], entries in [0, prime); overwritten and reordered.</param>
    /// <param name="from">The first column with pivots.</param>
    /// <param name="to">The column after the last with pivots.</param>
    /// <returns>The rank over these columns: so many rows come first, each with a pivot of 1.</returns>
    public static int Reduce(long[][] rows, int from, int to)
    {
        int rank = 0;
        for (int column = from; column < to && rank < rows.Length; column++)
        {
            int pivot = Array.FindIndex(rows, rank, row => row[column] != 0);
            if (pivot < 0)
            {
                continue;
            }

            (rows[rank], rows[pivot]) = (rows[pivot], rows[rank]);
            long inverse = Inverse(rows[rank][column]);
            for (int c = 0; c < rows[rank].Length; c++)
            {
                rows[rank][c] = rows[rank][c] * inverse % Prime;
            }

            for (int r = 0; r < rows.Length; r++)
            {
                long factor = rows[r][column];
                if (r == rank || factor == 0)
                {
                    continue;
                }

                for (int c = 0; c < rows[r].Length; c++)
                {
                    rows[r][c] = (rows[r][c] + ((Prime - factor) * rows[rank][c])) % Prime;
                }
            }

            rank++;
        }

        return rank;
    }

    /// <summary>The sum of two rows.</summary>
    public static long[] Add(long[] a, long[] b) => [.. a.Zip(b, (x, y) => (x + y) % Prime)];

    // By Fermat: value^(p − 2).
    private static long Inverse(long value)
    {
        long result = 1;
        for (long power = Prime - 2; power > 0; power >>= 1)
        {
            result = (power & 1) == 1 ? result * value % Prime : result;
            value = value * value % Prime;
        }

        return result;
    }
}
