namespace Governance.Audit.Explanations.Sampling;

/// <summary>Subsets of one size, written to every second coalition of a set (their complements go between).</summary>
/// <remarks>At the middle size a subset and its complement are one pair: the one that holds player 0 stands for it.</remarks>
internal static class SizedSubsets
{
    /// <summary>Writes all subsets of <paramref name="size"/> players, in lexicographic order.</summary>
    public static void All(CoalitionSet target, int first, int size)
    {
        int players = target.Players;
        bool middle = 2 * size == players;
        int[] members = [.. Enumerable.Range(0, size)];
        for (int at = first; ; at += 2)
        {
            foreach (int member in members)
            {
                target.Add(at, member);
            }

            int moving = size - 1;
            while (moving >= 0 && members[moving] == players - size + moving)
            {
                moving--;
            }

            if (moving < 0 || (middle && moving == 0))
            {
                return;
            }

            members[moving]++;
            for (int i = moving + 1; i < size; i++)
            {
                members[i] = members[i - 1] + 1;
            }
        }
    }

    /// <summary>Writes <paramref name="count"/> different subsets of <paramref name="size"/> players, uniformly drawn.</summary>
    public static void Draw(CoalitionSet target, int first, int size, int count, ref SeededRandom random)
    {
        int players = target.Players;
        bool middle = 2 * size == players;
        HashSet<string> seen = new(count, StringComparer.Ordinal);
        int[] order = [.. Enumerable.Range(0, players)];
        char[] key = new char[size];
        for (int drawn = 0; drawn < count;)
        {
            // A partial Fisher-Yates shuffle; the order left by the draw before is as good a start as any.
            int fixedPlayers = middle ? 1 : 0;
            if (middle)
            {
                int zero = Array.IndexOf(order, 0);
                (order[0], order[zero]) = (order[zero], order[0]);
            }

            for (int i = fixedPlayers; i < size; i++)
            {
                int other = i + random.NextBelow(players - i);
                (order[i], order[other]) = (order[other], order[i]);
            }

            for (int i = 0; i < size; i++)
            {
                key[i] = (char)order[i];
            }

            Array.Sort(key);
            if (!seen.Add(new string(key)))
            {
                continue;
            }

            for (int i = 0; i < size; i++)
            {
                target.Add(first + (2 * drawn), order[i]);
            }

            drawn++;
        }
    }
}
