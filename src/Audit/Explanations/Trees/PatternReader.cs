using System.Numerics;

namespace Governance.Audit.Explanations.Trees;

/// <summary>Answers a tree's tests for up to <see cref="MostRows"/> rows at once and reads blocks' patterns from the answers.</summary>
internal sealed class PatternReader
{
    /// <summary>Rows at once: answers of a tree of depth 6 stay in the first cache.</summary>
    public const int MostRows = 512;

    private readonly short[] wide = new short[MostRows];
    private readonly short[] player = new short[MostRows];
    private short[] answers = [];
    private CompiledTree? tree;

    /// <summary>Rows in work.</summary>
    public int Rows { get; private set; }

    /// <summary>Answers all tests of a tree for rows first … first + count - 1.</summary>
    public void Answer(CompiledTree tested, CodedRows rows, int first, int count)
    {
        tree = tested;
        Rows = count;
        if (answers.Length < tested.Tests.Length * MostRows)
        {
            answers = new short[tested.Tests.Length * MostRows];
        }

        for (int test = 0; test < tested.Tests.Length; test++)
        {
            rows.Test(tested.Tests[test], first, answers.AsSpan(test * MostRows, Whole(count)));
        }
    }

    /// <summary>The patterns of a block of at most 15 bits, one a row.</summary>
    public ReadOnlySpan<short> Narrow(TreeBlock block)
    {
        int length = Whole(Rows);
        wide.AsSpan(0, length).Clear();
        for (int bit = 0; bit < block.Bits; bit++)
        {
            ReadOnlySpan<short> satisfied = bit < block.Upper.Length
                ? Player(block.Upper[bit], length)
                : answers.AsSpan(tree!.TestOf[block.Inner[bit - block.Upper.Length]] * MostRows, length);
            Vector<short> one = new((short)(1 << bit));
            for (int row = 0; row < length; row += Vector<short>.Count)
            {
                (new Vector<short>(wide, row) | (new Vector<short>(satisfied[row..]) & one)).CopyTo(wide, row);
            }
        }

        return wide.AsSpan(0, Rows);
    }

    /// <summary>The patterns of a block without tests inside and of at most 64 bits, one a row.</summary>
    public void Wide(TreeBlock block, Span<ulong> patterns)
    {
        patterns.Clear();
        for (int bit = 0; bit < block.Upper.Length; bit++)
        {
            ReadOnlySpan<short> satisfied = Player(block.Upper[bit], Whole(Rows));
            for (int row = 0; row < patterns.Length; row++)
            {
                patterns[row] |= (ulong)(ushort)(satisfied[row] & 1) << bit;
            }
        }
    }

    private static int Whole(int rows) => (rows + Vector<short>.Count - 1) / Vector<short>.Count * Vector<short>.Count;

    private ReadOnlySpan<short> Player(Condition[] conditions, int length)
    {
        for (int i = 0; i < conditions.Length; i++)
        {
            int from = tree!.TestOf[conditions[i].Node] * MostRows;
            if (conditions.Length == 1 && conditions[i].Passes)
            {
                return answers.AsSpan(from, length);
            }

            Vector<short> turned = new((short)(conditions[i].Passes ? 0 : -1));
            for (int row = 0; row < length; row += Vector<short>.Count)
            {
                Vector<short> answer = new Vector<short>(answers, from + row) ^ turned;
                (i == 0 ? answer : answer & new Vector<short>(player, row)).CopyTo(player, row);
            }
        }

        return player.AsSpan(0, length);
    }
}
