using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Governance.Audit.Explanations.Trees;

/// <summary>
/// What a block of few bits gives to players, by pattern: entries are computed when a row first shows their pattern, and
/// added to every row that shows it.
/// </summary>
internal sealed class BlockTable
{
    // A row's sums are added as a whole where they are not much longer than what the block has to say.
    private const int DenseFactor = 3;

    private readonly LeafRule rule;
    private readonly SumLayout layout;
    private readonly double[] units;
    private TreeBlock block = null!;
    private double[][] weights = [];
    private double[] background = [];
    private double[] memo = [];
    private bool[] known = [];
    private int[] memoStart = [];
    private int[][] places = [];
    private int[] targets = [];
    private int[] slots = [];
    private double[] table = [];
    private int length;
    private int room;
    private int filled;
    private bool dense;

    /// <summary>Makes room for any block.</summary>
    public BlockTable(LeafRule rule, SumLayout layout)
    {
        this.rule = rule;
        this.layout = layout;
        units = new double[Math.Max(rule.Units(Forest.MostPathPlayers), 1)];
    }

    /// <summary>Turns to a block and forgets the one before.</summary>
    public void Start(TreeBlock next)
    {
        block = next;
        int patterns = 1 << next.Bits;
        Ensure(ref background, patterns);
        Array.Clear(background, 0, patterns);
        Ensure(ref slots, patterns);
        Array.Fill(slots, -1, 0, patterns);
        filled = 0;
        places = [.. next.Leaves.Select(leaf => layout.Places(leaf.Players))];
        int[] distinct = [.. places.SelectMany(own => own).Distinct().Order()];
        dense = layout.Stride <= DenseFactor * Math.Max(layout.Outputs * distinct.Length, Vector<double>.Count);
        if (!dense)
        {
            targets = [.. Enumerable.Range(0, layout.Outputs).SelectMany(output => distinct.Select(place => (output * layout.Width) + place))];
            places = [.. places.Select(own => Array.ConvertAll(own, place => Array.BinarySearch(distinct, place)))];
        }

        length = dense ? layout.Stride : targets.Length;
        memoStart = new int[next.Leaves.Length];
        room = 0;
        int marks = 0;
        for (int leaf = 0; leaf < memoStart.Length; leaf++)
        {
            memoStart[leaf] = marks;
            marks += 1 << next.Leaves[leaf].Players.Length;
            room = Math.Max(room, rule.Units(next.Leaves[leaf].Players.Length));
        }

        Ensure(ref memo, marks * room);
        Ensure(ref known, marks);
        Array.Clear(known, 0, marks);
    }

    /// <summary>Counts background rows.</summary>
    /// <param name="patterns">One pattern a row.</param>
    /// <param name="rowWeights">One weight a row.</param>
    public void Count(ReadOnlySpan<short> patterns, ReadOnlySpan<double> rowWeights)
    {
        for (int row = 0; row < patterns.Length; row++)
        {
            background[patterns[row]] += rowWeights[row];
        }
    }

    /// <summary>Turns the counts of the block's patterns into counts by leaf, and adds the value of the empty coalition.</summary>
    /// <param name="baseValue">Shape [outputs], added to.</param>
    public void Close(Span<double> baseValue)
    {
        if (weights.Length < block.Leaves.Length)
        {
            Array.Resize(ref weights, block.Leaves.Length);
        }

        for (int i = 0; i < block.Leaves.Length; i++)
        {
            BlockLeaf leaf = block.Leaves[i];
            if (rule.UsesBackground)
            {
                int sets = 1 << leaf.Players.Length;
                if (weights[i] is null || weights[i].Length < sets)
                {
                    weights[i] = new double[sets];
                }

                Array.Clear(weights[i], 0, sets);
                for (int pattern = 0; pattern < 1 << block.Bits; pattern++)
                {
                    if (background[pattern] != 0)
                    {
                        weights[i][leaf.Pattern(pattern)] += background[pattern];
                    }
                }
            }

            double reached = rule.Base(Game(i));
            for (int output = 0; output < baseValue.Length; output++)
            {
                baseValue[output] += reached * leaf.Values[output];
            }
        }
    }

    /// <summary>Adds the block's share to rows.</summary>
    /// <param name="patterns">One pattern a row.</param>
    /// <param name="sums">Shape [rows, stride].</param>
    public void Add(ReadOnlySpan<short> patterns, Span<double> sums)
    {
        int stride = layout.Stride;
        for (int row = 0; row < patterns.Length; row++)
        {
            int slot = slots[patterns[row]];
            if (slot < 0)
            {
                slot = Fill(patterns[row]);
            }

            ref double to = ref sums[row * stride];
            ref double from = ref MemoryMarshal.GetArrayDataReference(table);
            from = ref Unsafe.Add(ref from, slot * length);
            if (dense)
            {
                for (int i = 0; i < stride; i += Vector<double>.Count)
                {
                    (Vector.LoadUnsafe(ref to, (nuint)i) + Vector.LoadUnsafe(ref from, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
                }
            }
            else
            {
                for (int i = 0; i < targets.Length; i++)
                {
                    Unsafe.Add(ref to, targets[i]) += Unsafe.Add(ref from, i);
                }
            }
        }
    }

    private LeafGame Game(int leaf)
    {
        int players = block.Leaves[leaf].Players.Length;
        return new LeafGame
        {
            Players = players,
            Shares = block.Leaves[leaf].Shares,
            Dense = rule.UsesBackground ? weights[leaf].AsSpan(0, 1 << players) : default,
        };
    }

    private int Fill(int pattern)
    {
        int slot = filled++;
        if (table.Length < filled * length)
        {
            Array.Resize(ref table, Math.Max(filled * length, 2 * table.Length));
        }

        Span<double> entry = table.AsSpan(slot * length, length);
        entry.Clear();
        int step = dense ? layout.Width : length / layout.Outputs;
        for (int i = 0; i < block.Leaves.Length; i++)
        {
            BlockLeaf leaf = block.Leaves[i];
            ReadOnlySpan<double> own = Units(i, leaf.Pattern(pattern));
            for (int output = 0; output < layout.Outputs; output++)
            {
                double value = leaf.Values[output];
                for (int unit = 0; value != 0 && unit < own.Length; unit++)
                {
                    entry[(output * step) + places[i][unit]] += value * own[unit];
                }
            }
        }

        slots[pattern] = slot;
        return slot;
    }

    private ReadOnlySpan<double> Units(int leaf, int pattern)
    {
        int count = rule.Units(block.Leaves[leaf].Players.Length);
        if (block.Leaves.Length == 1)
        {
            rule.Fill(Game(leaf), (uint)pattern, units.AsSpan(0, count));
            return units.AsSpan(0, count);
        }

        int at = memoStart[leaf] + pattern;
        Span<double> place = memo.AsSpan(at * room, count);
        if (!known[at])
        {
            rule.Fill(Game(leaf), (uint)pattern, place);
            known[at] = true;
        }

        return place;
    }

    private static void Ensure<T>(ref T[] array, int size)
    {
        if (array.Length < size)
        {
            array = new T[Math.Max(size, 2 * array.Length)];
        }
    }
}
