using Governance.Audit.Explanations;

namespace Governance.Audit.Slices;

/// <summary>Cuts rows into a part to find slices on and a part to confirm them on.</summary>
internal static class SplitRows
{
    /// <summary>Cuts each stratum at random, so that both parts hold its share.</summary>
    /// <param name="rows">The rows that are counted, and their strata.</param>
    /// <param name="share">The share of each stratum in the first part, in (0, 1).</param>
    /// <param name="seed">The seed.</param>
    /// <returns>Row numbers, ascending.</returns>
    public static (int[] Discovery, int[] HeldOut) Of(SliceRows rows, double share, int seed)
    {
        List<int> discovery = [];
        List<int> heldOut = [];
        IEnumerable<IGrouping<int, int>> strata = Enumerable.Range(0, rows.Losses.Length)
            .Where(row => !double.IsNaN(rows.Losses[row])).GroupBy(row => rows.Strata[row]).OrderBy(stratum => stratum.Key);
        foreach (IGrouping<int, int> stratum in strata)
        {
            int[] members = [.. stratum];
            SeededRandom random = new(seed, stratum.Key);
            for (int i = members.Length - 1; i > 0; i--)
            {
                int other = random.NextBelow(i + 1);
                (members[i], members[other]) = (members[other], members[i]);
            }

            int first = (int)Math.Round(share * members.Length, MidpointRounding.AwayFromZero);
            discovery.AddRange(members.AsSpan(0, first));
            heldOut.AddRange(members.AsSpan(first));
        }

        return ([.. discovery.Order()], [.. heldOut.Order()]);
    }
}
