using System.Numerics;

namespace Governance.Audit.Explanations.Trees;

/// <summary>The margins of mixtures of one row and one background row, as functions of the players that keep the row's values.</summary>
internal sealed class PairGame
{
    private readonly CompiledForest forest;
    private readonly CurvedForms curved;
    private readonly PairLeaves leaves;
    private readonly List<(int Bit, int Margin, double Change)> steps = [];
    private readonly double[] constants;
    private double[] margins = [];
    private double[] outputs = [];

    /// <summary>Makes room for games.</summary>
    /// <param name="forest">The trees, one output a margin.</param>
    /// <param name="curved">The outputs as functions of the margins.</param>
    public PairGame(CompiledForest forest, CurvedForms curved)
    {
        this.forest = forest;
        this.curved = curved;
        leaves = new PairLeaves(forest.Forest.Players);
        constants = new double[forest.Forest.Outputs];
    }

    /// <summary>The players that matter, by bit.</summary>
    public IReadOnlyList<int> Players => leaves.Players;

    /// <summary>Turns to a pair.</summary>
    /// <param name="row">The row.</param>
    /// <param name="background">The background row.</param>
    public void Start(PairRow row, PairRow background)
    {
        leaves.Find(forest, row.Codes, background.Codes);
        steps.Clear();
        int width = forest.Forest.Players + 1;
        for (int margin = 0; margin < constants.Length; margin++)
        {
            constants[margin] = 0;
            for (int place = 0; place < width; place++)
            {
                double own = row.Functions[(margin * width) + place];
                double other = background.Functions[(margin * width) + place];
                constants[margin] += other;
                if (place < width - 1 && own != other && !(double.IsNaN(own) && double.IsNaN(other)))
                {
                    steps.Add((leaves.Bit(place), margin, own - other));
                }
            }
        }
    }

    /// <summary>All margins of one coalition, by its bits.</summary>
    /// <param name="coalition">The players that keep the row's values.</param>
    /// <param name="values">Shape [margins], overwritten.</param>
    public void Margins(ulong coalition, Span<double> values)
    {
        constants.CopyTo(values);
        foreach ((int bit, int margin, double change) in steps)
        {
            values[margin] += (coalition >> bit & 1) != 0 ? change : 0;
        }

        foreach (PairLeaf leaf in leaves.Leaves)
        {
            if ((leaf.Needed & ~coalition) == 0 && (leaf.Excluded & coalition) == 0)
            {
                for (int margin = 0; margin < values.Length; margin++)
                {
                    values[margin] += leaf.Values[margin];
                }
            }
        }
    }

    /// <summary>The outputs of one coalition.</summary>
    public void Outputs(ulong coalition, Span<double> values)
    {
        Span<double> at = stackalloc double[Math.Max(constants.Length, 1)];
        Margins(coalition, at);
        curved.Evaluate(at, values);
    }

    /// <summary>The outputs of all coalitions.</summary>
    /// <returns>Shape [2^players, outputs]; valid until the next call.</returns>
    public ReadOnlySpan<double> Enumerate()
    {
        int count = constants.Length;
        int all = 1 << Players.Count;
        if (margins.Length < all * count)
        {
            margins = new double[all * count];
            outputs = new double[all * curved.Outputs];
        }

        Spread(all, count);
        if (outputs.Length < all * curved.Outputs)
        {
            outputs = new double[all * curved.Outputs];
        }

        for (int coalition = 0; coalition < all; coalition++)
        {
            curved.Evaluate(margins.AsSpan(coalition * count, count), outputs.AsSpan(coalition * curved.Outputs, curved.Outputs));
        }

        return outputs.AsSpan(0, all * curved.Outputs);
    }

    /// <summary>The Shapley values of the margins themselves, in closed form.</summary>
    /// <param name="values">Shape [margins, players], overwritten.</param>
    public void MarginValues(Span<double> values)
    {
        int players = Players.Count;
        values.Clear();
        foreach ((int bit, int margin, double change) in steps)
        {
            values[(margin * players) + bit] += change;
        }

        foreach (PairLeaf leaf in leaves.Leaves)
        {
            int a = BitOperations.PopCount(leaf.Needed);
            int z = BitOperations.PopCount(leaf.Excluded);
            double gain = ShapleyShares.OfNeeded(a, z);
            double loss = ShapleyShares.OfExcluded(a, z);
            for (ulong rest = leaf.Needed | leaf.Excluded; rest != 0; rest &= rest - 1)
            {
                int bit = BitOperations.TrailingZeroCount(rest);
                double share = (leaf.Needed >> bit & 1) != 0 ? gain : -loss;
                for (int margin = 0; margin < constants.Length; margin++)
                {
                    values[(margin * players) + bit] += share * leaf.Values[margin];
                }
            }
        }
    }

    // A leaf with needed A and excluded Z is Σ over T ⊆ Z of (-1)^|T| [A ∪ T ⊆ S]; sums over subsets of S then give all S at once.
    private void Spread(int all, int count)
    {
        Span<double> table = margins.AsSpan(0, all * count);
        table.Clear();
        constants.CopyTo(table);
        foreach ((int bit, int margin, double change) in steps)
        {
            table[((1 << bit) * count) + margin] += change;
        }

        foreach (PairLeaf leaf in leaves.Leaves)
        {
            int excluded = (int)leaf.Excluded;
            for (int some = excluded; ; some = (some - 1) & excluded)
            {
                int sign = (BitOperations.PopCount((uint)some) & 1) == 0 ? 1 : -1;
                int at = ((int)leaf.Needed | some) * count;
                for (int margin = 0; margin < count; margin++)
                {
                    table[at + margin] += sign * leaf.Values[margin];
                }

                if (some == 0)
                {
                    break;
                }
            }
        }

        for (int bit = 1; bit < all; bit <<= 1)
        {
            for (int block = 0; block < all; block += 2 * bit)
            {
                int with = (block + bit) * count;
                int without = block * count;
                for (int i = 0; i < bit * count; i++)
                {
                    table[with + i] += table[without + i];
                }
            }
        }
    }
}

/// <summary>A row as games of pairs see it.</summary>
/// <param name="Codes">Its codes, book by book, feature by feature.</param>
/// <param name="Functions">Shape [margins, players + 1]: the functions of one player each, last what belongs to nobody.</param>
internal sealed record PairRow(short[][] Codes, double[] Functions);
