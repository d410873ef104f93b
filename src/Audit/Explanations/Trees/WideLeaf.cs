namespace Governance.Audit.Explanations.Trees;

/// <summary>A leaf below so many players that patterns are not tabled but looked up as they come.</summary>
internal sealed class WideLeaf
{
    private readonly TreeBlock block;
    private readonly LeafRule rule;
    private readonly SumLayout layout;
    private readonly int[] places;
    private readonly double[] units;
    private readonly Dictionary<ulong, double> background = [];
    private readonly Dictionary<ulong, double[]> known = [];
    private ulong[] patterns = [];
    private double[] weights = [];

    /// <summary>Takes a block of one leaf.</summary>
    public WideLeaf(TreeBlock block, LeafRule rule, SumLayout layout)
    {
        this.block = block;
        this.rule = rule;
        this.layout = layout;
        places = layout.Places(block.Leaves[0].Players);
        units = new double[rule.Units(block.Leaves[0].Players.Length)];
    }

    /// <summary>Counts background rows.</summary>
    public void Count(ReadOnlySpan<ulong> rows, ReadOnlySpan<double> rowWeights)
    {
        for (int row = 0; row < rows.Length; row++)
        {
            background[rows[row]] = background.GetValueOrDefault(rows[row]) + rowWeights[row];
        }
    }

    /// <summary>Ends the count and adds the value of the empty coalition.</summary>
    public void Close(Span<double> baseValue)
    {
        // In the order of the patterns: a dictionary promises none.
        patterns = [.. background.Keys.Order()];
        weights = [.. patterns.Select(pattern => background[pattern])];
        background.Clear();
        double reached = rule.Base(Game());
        for (int output = 0; output < baseValue.Length; output++)
        {
            baseValue[output] += reached * block.Leaves[0].Values[output];
        }
    }

    /// <summary>Adds the leaf's share to rows.</summary>
    public void Add(ReadOnlySpan<ulong> rows, Span<double> sums)
    {
        known.Clear();
        for (int row = 0; row < rows.Length; row++)
        {
            if (!known.TryGetValue(rows[row], out double[]? own))
            {
                rule.Fill(Game(), rows[row], units);
                known[rows[row]] = own = Array.TrueForAll(units, unit => unit == 0) ? [] : [.. units];
            }

            for (int output = 0; own.Length > 0 && output < layout.Outputs; output++)
            {
                double value = block.Leaves[0].Values[output];
                int first = (row * layout.Stride) + (output * layout.Width);
                for (int unit = 0; unit < own.Length; unit++)
                {
                    sums[first + places[unit]] += value * own[unit];
                }
            }
        }
    }

    private LeafGame Game() => new()
    {
        Players = block.Leaves[0].Players.Length,
        Shares = block.Leaves[0].Shares,
        Patterns = patterns,
        Weights = weights,
    };
}
