namespace Governance.Audit.Explanations.Owen;

/// <summary>Random orders of the players in which every union of a hierarchy comes as a block.</summary>
internal static class OwenOrders
{
    /// <summary>Fills an order, each node's children shuffled uniformly.</summary>
    /// <param name="root">The hierarchy over all players.</param>
    /// <param name="order">Shape [players], overwritten.</param>
    /// <param name="random">The seeded source.</param>
    public static void Draw(HierarchyNode root, Span<int> order, ref SeededRandom random)
    {
        int at = 0;
        Visit(root, order, ref at, ref random);
    }

    /// <summary>Adds the coalitions that an order passes through, without the empty and the full one.</summary>
    /// <param name="order">Shape [players].</param>
    /// <param name="coalitions">Empty coalitions from <paramref name="first"/> on: players - 1 are filled.</param>
    /// <param name="first">The first one filled.</param>
    public static void Fill(ReadOnlySpan<int> order, CoalitionSet coalitions, int first)
    {
        for (int step = 0; step < order.Length - 1; step++)
        {
            for (int before = 0; before <= step; before++)
            {
                coalitions.Add(first + step, order[before]);
            }
        }
    }

    private static void Visit(HierarchyNode node, Span<int> order, ref int at, ref SeededRandom random)
    {
        if (node.Player is int player)
        {
            order[at++] = player;
            return;
        }

        int[] turns = [.. Enumerable.Range(0, node.Children.Count)];
        for (int left = turns.Length; left > 1; left--)
        {
            int drawn = random.NextBelow(left);
            (turns[drawn], turns[left - 1]) = (turns[left - 1], turns[drawn]);
        }

        foreach (int turn in turns)
        {
            Visit(node.Children[turn], order, ref at, ref random);
        }
    }
}
