namespace Governance.Audit.Privacy;

/// <summary>Whether figures of several parts of the same rows tell, together, of a handful of rows. Pure.</summary>
/// <remarks>
/// Whoever sees a sum over each part (a count is one) knows every linear combination of them. A set of fewer than k rows
/// is disclosed if its indicator is such a combination. Rows that belong to the same parts cannot be told apart, so the
/// sets in question are unions of these atoms; combinations that vanish on atoms of k and more rows are found by
/// elimination in a prime field, and those among them that are 0 or 1 everywhere by trying their pivots.
/// Source: Chin and Ozsoyoglu, "Auditing and inference control in statistical databases", IEEE TSE SE-8(6), 1982.
/// </remarks>
public static class CohortDisclosure
{
    /// <summary>The most parts of one data set that one person is shown: the check is cubic in them.</summary>
    public const int MostParts = 100;

    private const int MostTries = 4_096; // pivots tried together; beyond, the answer is the careful one

    /// <summary>Answers for one more part besides those shown. That all rows are known goes without saying.</summary>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="shown">The rows of each part shown before, from 0.</param>
    /// <param name="candidate">The rows of the part in question.</param>
    /// <param name="smallest">k.</param>
    public static bool Discloses(int rows, IReadOnlyList<int[]> shown, int[] candidate, int smallest)
    {
        ArgumentNullException.ThrowIfNull(shown);
        ArgumentNullException.ThrowIfNull(candidate);
        if (shown.Count >= MostParts)
        {
            return true;
        }

        int[][] parts = [[.. Enumerable.Range(0, rows)], .. shown, candidate];
        int[] sizes = Atoms(rows, parts, out bool[][] members);
        int[] small = [.. Enumerable.Range(0, sizes.Length).Where(atom => sizes[atom] < smallest)];
        if (small.Length == 0)
        {
            return false;
        }

        // Rows of the matrix are parts; columns are the large atoms first, then the small ones.
        int[] order = [.. Enumerable.Range(0, sizes.Length).Where(atom => sizes[atom] >= smallest), .. small];
        long[][] matrix = [.. members.Select(member => order.Select(atom => member[atom] ? 1L : 0L).ToArray())];
        int large = order.Length - small.Length;
        int rank = PrimeField.Reduce(matrix, 0, large);
        long[][] left = [.. matrix.Skip(rank).Select(row => row[large..])];
        int free = PrimeField.Reduce(left, 0, small.Length);
        return free > 0 && Tells(left, free, [.. small.Select(atom => sizes[atom])], smallest);
    }

    // In reduced form a combination that is 0 or 1 everywhere takes each row once or not at all, by its pivot.
    private static bool Tells(long[][] reduced, int rank, int[] sizes, int smallest)
    {
        int[] pivots = [.. Enumerable.Range(0, rank).Select(row => Array.FindIndex(reduced[row], value => value != 0))];
        int tries = 0;
        return Try(0, new long[sizes.Length], 0);

        bool Try(int row, long[] sum, int least)
        {
            if (row == rank)
            {
                return least > 0 && sum.All(value => value is 0 or 1) && sum.Select((value, atom) => value == 1 ? sizes[atom] : 0).Sum() < smallest;
            }

            if (++tries > MostTries)
            {
                return true;
            }

            if (Try(row + 1, sum, least))
            {
                return true;
            }

            int with = least + sizes[pivots[row]];
            return with < smallest && Try(row + 1, PrimeField.Add(sum, reduced[row]), with);
        }
    }

    // Rows that belong to the same parts share an atom.
    private static int[] Atoms(int rows, int[][] parts, out bool[][] members)
    {
        int[] atom = new int[rows];
        int count = rows == 0 ? 0 : 1;
        foreach (int[] part in parts)
        {
            Dictionary<int, int> split = [];
            foreach (int row in part)
            {
                if (!split.TryGetValue(atom[row], out int inside))
                {
                    split[atom[row]] = inside = count++;
                }

                atom[row] = inside;
            }
        }

        int[] names = [.. atom.Distinct()];
        Dictionary<int, int> place = names.Select((name, at) => (name, at)).ToDictionary(pair => pair.name, pair => pair.at);
        int[] sizes = new int[names.Length];
        foreach (int name in atom)
        {
            sizes[place[name]]++;
        }

        members = [.. parts.Select(part =>
        {
            bool[] member = new bool[names.Length];
            foreach (int row in part)
            {
                member[place[atom[row]]] = true;
            }

            return member;
        })];
        return sizes;
    }
}
