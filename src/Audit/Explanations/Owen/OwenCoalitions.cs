namespace Governance.Audit.Explanations.Owen;

/// <summary>The coalitions that exact Owen values need, and how each leaf's value is summed from them.</summary>
/// <remarks>
/// A player's value is the mean of its contribution over all orders in which every union comes as a block, at every
/// level: Σ over subsets T of the siblings at each level on its way from the top, of the product of t! (n - t - 1)! / n!
/// over the levels, times v(∪T ∪ i) - v(∪T). For two levels this is Owen's value, for a binary tree that of shap's
/// partition explainer. Sources: Owen, "Values of games with a priori unions", Lecture Notes in Economics and
/// Mathematical Systems 141, 1977; Winter, "A value for cooperative games with levels structure of cooperation",
/// International Journal of Game Theory 18, 1989.
/// </remarks>
internal sealed class OwenCoalitions
{
    private readonly Dictionary<CoalitionKey, int> known = [];
    private readonly List<ulong[]> coalitions = [];
    private readonly List<(int Player, int With, int Without, double Weight)> terms = [];
    private readonly int words;

    private OwenCoalitions(int players)
    {
        words = (players + 63) / 64;
        Players = players;
    }

    /// <summary>The number of players.</summary>
    public int Players { get; }

    /// <summary>The number of different coalitions, empty and full included.</summary>
    public int Count => coalitions.Count;

    /// <summary>How many terms a hierarchy needs: 2^(siblings on the way), summed over the leaves; infinity beyond doubles.</summary>
    public static double Terms(HierarchyNode node)
    {
        double contexts = Math.Pow(2, Math.Max(0, node.Children.Count - 1));
        return node.Player is not null ? 1 : contexts * node.Children.Sum(Terms);
    }

    /// <summary>Lists the coalitions of a hierarchy over all players.</summary>
    /// <param name="root">The hierarchy; <see cref="Terms"/> of it bound time and memory.</param>
    /// <param name="players">The number of players.</param>
    public static OwenCoalitions Of(HierarchyNode root, int players)
    {
        OwenCoalitions all = new(players);
        all.Visit(root, new ulong[all.words], 1);
        return all;
    }

    /// <summary>The coalitions, in the order of the values that <see cref="Sum"/> takes.</summary>
    public CoalitionSet ToSet()
    {
        CoalitionSet set = new(Players, coalitions.Count);
        for (int coalition = 0; coalition < coalitions.Count; coalition++)
        {
            for (int player = 0; player < Players; player++)
            {
                if ((coalitions[coalition][player >> 6] >> (player & 63) & 1) != 0)
                {
                    set.Add(coalition, player);
                }
            }
        }

        return set;
    }

    /// <summary>Sums the players' values.</summary>
    /// <param name="values">Shape [coalitions, outputs].</param>
    /// <param name="outputs">At least 1.</param>
    /// <param name="attribution">Shape [outputs, players], overwritten.</param>
    public void Sum(ReadOnlySpan<double> values, int outputs, Span<double> attribution)
    {
        attribution.Clear();
        foreach ((int player, int with, int without, double weight) in terms)
        {
            for (int output = 0; output < outputs; output++)
            {
                attribution[(output * Players) + player] +=
                    weight * (values[(with * outputs) + output] - values[(without * outputs) + output]);
            }
        }
    }

    private void Visit(HierarchyNode node, ulong[] context, double weight)
    {
        if (node.Player is int player)
        {
            int without = Index(context);
            ulong[] with = [.. context];
            with[player >> 6] |= 1UL << (player & 63);
            terms.Add((player, Index(with), without, weight));
            return;
        }

        int count = node.Children.Count;
        double[] weights = ExactShapley.Weights(count);
        for (int child = 0; child < count; child++)
        {
            for (int others = 0; others < 1 << (count - 1); others++)
            {
                ulong[] before = [.. context];
                for (int i = 0; i < count - 1; i++)
                {
                    if ((others >> i & 1) != 0)
                    {
                        Join(before, node.Children[i < child ? i : i + 1]);
                    }
                }

                Visit(node.Children[child], before, weight * weights[System.Numerics.BitOperations.PopCount((uint)others)]);
            }
        }
    }

    private static void Join(ulong[] coalition, HierarchyNode node)
    {
        foreach (int player in node.Leaves)
        {
            coalition[player >> 6] |= 1UL << (player & 63);
        }
    }

    private int Index(ulong[] coalition)
    {
        CoalitionKey key = new(coalition);
        if (!known.TryGetValue(key, out int index))
        {
            index = coalitions.Count;
            known.Add(key, index);
            coalitions.Add(coalition);
        }

        return index;
    }

    private readonly record struct CoalitionKey(ulong[] Words)
    {
        public bool Equals(CoalitionKey other) => Words.AsSpan().SequenceEqual(other.Words);

        public override int GetHashCode()
        {
            HashCode hash = default;
            foreach (ulong word in Words)
            {
                hash.Add(word);
            }

            return hash.ToHashCode();
        }
    }
}
