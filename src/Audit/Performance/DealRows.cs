using Governance.Audit.Explanations;

namespace Governance.Audit.Performance;

/// <summary>Deals rows out to folds at random, so that each fold has nearly the same share of every stratum.</summary>
public static class DealRows
{
    /// <summary>Shuffles each stratum and deals its rows round the folds, each stratum starting where the last one ended.</summary>
    /// <param name="strata">Shape [rows]: the stratum of each row, such as its class.</param>
    /// <param name="folds">At least 2.</param>
    /// <param name="random">The stream.</param>
    /// <returns>Shape [rows]: the fold, 0 … folds − 1. Sizes differ by at most one, in all and within each stratum.</returns>
    public static int[] Stratified(ReadOnlySpan<int> strata, int folds, SeededRandom random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        int[] fold = new int[strata.Length];
        SortedDictionary<int, List<int>> members = [];
        for (int row = 0; row < strata.Length; row++)
        {
            if (!members.TryGetValue(strata[row], out List<int>? own))
            {
                members[strata[row]] = own = [];
            }

            own.Add(row);
        }

        int next = 0;
        foreach (List<int> rows in members.Values)
        {
            for (int i = rows.Count - 1; i > 0; i--)
            {
                int other = random.NextBelow(i + 1);
                (rows[i], rows[other]) = (rows[other], rows[i]);
            }

            foreach (int row in rows)
            {
                fold[row] = next++ % folds;
            }
        }

        return fold;
    }

    /// <summary>Deals whole groups out, the largest first, each to the fold that has the fewest rows.</summary>
    /// <param name="groups">Shape [rows]: the group of each row, 0 … groups − 1.</param>
    /// <param name="folds">At least 2.</param>
    /// <param name="random">The stream; breaks ties between groups of equal size.</param>
    /// <returns>Shape [rows]: the fold, 0 … folds − 1; no group is in two of them.</returns>
    public static int[] Grouped(ReadOnlySpan<int> groups, int folds, SeededRandom random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        int count = 0;
        foreach (int group in groups)
        {
            count = Math.Max(count, group + 1);
        }

        int[] sizes = new int[count];
        foreach (int group in groups)
        {
            sizes[group]++;
        }

        ulong[] lots = new ulong[count];
        for (int group = 0; group < count; group++)
        {
            lots[group] = random.Next();
        }

        int[] filled = new int[folds];
        int[] home = new int[count];
        foreach (int group in Enumerable.Range(0, count).OrderByDescending(own => sizes[own]).ThenBy(own => lots[own]))
        {
            home[group] = Array.IndexOf(filled, filled.Min());
            filled[home[group]] += sizes[group];
        }

        int[] fold = new int[groups.Length];
        for (int row = 0; row < fold.Length; row++)
        {
            fold[row] = home[groups[row]];
        }

        return fold;
    }
}
