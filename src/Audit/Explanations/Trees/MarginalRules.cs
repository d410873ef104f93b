using System.Numerics;

namespace Governance.Audit.Explanations.Trees;

/// <summary>
/// The marginal (interventional) game: players out of the coalition take a background row's values.
/// </summary>
/// <remarks>
/// For a row that satisfies the players X and a background row that satisfies B, the leaf is reached by a coalition S
/// iff X ⊇ S and B ⊇ ~S: it needs A = X∖B, excludes Z = B∖X, and is never reached where X ∪ B lacks a player. Background
/// rows count by their pattern alone, so that their number hardly matters (Nadel and Wettenstein, AAAI 2026).
/// </remarks>
internal sealed class MarginalValues : LeafRule
{
    public override bool UsesBackground => true;

    public override bool Pairs => false;

    public override void Fill(in LeafGame leaf, ulong row, Span<double> units)
    {
        units.Clear();
        ulong full = Full(leaf.Players);
        ulong lacking = full & ~row;
        int excluded = BitOperations.PopCount(lacking);
        units[leaf.Players] = lacking == 0 ? 1 : 0;
        double lost = 0;
        if (!leaf.Dense.IsEmpty)
        {
            int own = (int)row;
            for (int shared = own; ; shared = (shared - 1) & own)
            {
                double weight = leaf.Dense[(int)lacking | shared];
                if (weight != 0)
                {
                    lost += Add(weight, (uint)(own & ~shared), excluded, units);
                }

                if (shared == 0)
                {
                    break;
                }
            }
        }
        else
        {
            for (int i = 0; i < leaf.Patterns.Length; i++)
            {
                if ((leaf.Patterns[i] & lacking) == lacking)
                {
                    lost += Add(leaf.Weights[i], row & ~leaf.Patterns[i], excluded, units);
                }
            }
        }

        for (; lacking != 0; lacking &= lacking - 1)
        {
            units[BitOperations.TrailingZeroCount(lacking)] = -lost;
        }
    }

    public override double Base(in LeafGame leaf) => Reached(leaf);

    /// <summary>The weight of the background rows that reach the leaf.</summary>
    internal static double Reached(in LeafGame leaf)
    {
        if (!leaf.Dense.IsEmpty)
        {
            return leaf.Dense[^1];
        }

        ulong full = Full(leaf.Players);
        double sum = 0;
        for (int i = 0; i < leaf.Patterns.Length; i++)
        {
            sum += leaf.Patterns[i] == full ? leaf.Weights[i] : 0;
        }

        return sum;
    }

    // Gives to the players needed; what each excluded player loses is returned.
    private static double Add(double weight, ulong needed, int excluded, Span<double> units)
    {
        int count = BitOperations.PopCount(needed);
        double gain = weight * ShapleyShares.OfNeeded(count, excluded);
        for (; needed != 0; needed &= needed - 1)
        {
            units[BitOperations.TrailingZeroCount(needed)] += gain;
        }

        return weight * ShapleyShares.OfExcluded(count, excluded);
    }
}

/// <summary>The Shapley interaction index of order 2 of the marginal game, in full.</summary>
internal sealed class MarginalPairs : LeafRule
{
    public override bool UsesBackground => true;

    public override bool Pairs => true;

    public override void Fill(in LeafGame leaf, ulong row, Span<double> units)
    {
        units.Clear();
        ulong lacking = Full(leaf.Players) & ~row;
        if (!leaf.Dense.IsEmpty)
        {
            int own = (int)row;
            for (int shared = own; ; shared = (shared - 1) & own)
            {
                double weight = leaf.Dense[(int)lacking | shared];
                if (weight != 0)
                {
                    Add(weight, (uint)(own & ~shared), lacking, leaf.Players, units);
                }

                if (shared == 0)
                {
                    break;
                }
            }

            return;
        }

        for (int i = 0; i < leaf.Patterns.Length; i++)
        {
            if ((leaf.Patterns[i] & lacking) == lacking)
            {
                Add(leaf.Weights[i], row & ~leaf.Patterns[i], lacking, leaf.Players, units);
            }
        }
    }

    public override double Base(in LeafGame leaf) => MarginalValues.Reached(leaf);

    private static void Add(double weight, ulong needed, ulong excluded, int players, Span<double> units)
    {
        int a = BitOperations.PopCount(needed);
        int z = BitOperations.PopCount(excluded);
        double together = weight * ShapleyShares.OfNeededPair(a, z);
        double apart = weight * ShapleyShares.OfExcludedPair(a, z);
        double opposed = weight * ShapleyShares.OfOpposedPair(a, z);
        ulong both = needed | excluded;
        for (ulong first = both; first != 0; first &= first - 1)
        {
            int i = BitOperations.TrailingZeroCount(first);
            bool iNeeded = (needed >> i & 1) != 0;
            for (ulong second = first & (first - 1); second != 0; second &= second - 1)
            {
                int j = BitOperations.TrailingZeroCount(second);
                bool jNeeded = (needed >> j & 1) != 0;
                units[PairIndex.Of(i, j, players)] += iNeeded != jNeeded ? -opposed : iNeeded ? together : apart;
            }
        }
    }
}
