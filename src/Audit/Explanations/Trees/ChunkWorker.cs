namespace Governance.Audit.Explanations.Trees;

/// <summary>Adds the trees of a chunk to the sums of rows, tree by tree, blocks in groups of bounded memory.</summary>
internal sealed class ChunkWorker
{
    // Blocks of more bits than this have one leaf and are not tabled.
    private const int MostTableBits = 10;

    // Numbers kept for the background of the blocks in work.
    private const int MostKept = 1 << 22;

    private readonly LeafRule rule;
    private readonly SumLayout layout;
    private readonly PatternReader reader = new();
    private readonly List<BlockTable> tables = [];
    private readonly ulong[] wide = new ulong[PatternReader.MostRows];

    /// <summary>Makes a worker; one thread at a time may use it.</summary>
    public ChunkWorker(LeafRule rule, SumLayout layout)
    {
        this.rule = rule;
        this.layout = layout;
    }

    /// <summary>Adds a chunk.</summary>
    /// <param name="chunk">The trees.</param>
    /// <param name="rows">The rows, coded by the chunk's book.</param>
    /// <param name="background">The background likewise, or null where the rule needs none.</param>
    /// <param name="weights">One weight a background row.</param>
    /// <param name="sums">Shape [rows, stride], added to.</param>
    /// <param name="baseValue">Shape [outputs], added to.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public void Add(
        TreeChunk chunk, CodedRows rows, CodedRows? background, double[] weights, double[] sums, double[] baseValue,
        CancellationToken cancellationToken)
    {
        foreach (CompiledTree tree in chunk.Trees)
        {
            foreach (List<TreeBlock> group in Groups(tree, background?.Rows ?? 1))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Add(tree, group, rows, background, weights, sums, baseValue);
            }
        }
    }

    private void Add(
        CompiledTree tree, List<TreeBlock> group, CodedRows rows, CodedRows? background, double[] weights, double[] sums, double[] baseValue)
    {
        TreeBlock[] narrow = [.. group.Where(block => block.Bits <= MostTableBits)];
        TreeBlock[] broad = [.. group.Where(block => block.Bits > MostTableBits)];
        WideLeaf[] leaves = [.. broad.Select(block => new WideLeaf(block, rule, layout))];
        while (tables.Count < narrow.Length)
        {
            tables.Add(new BlockTable(rule, layout));
        }

        for (int i = 0; i < narrow.Length; i++)
        {
            tables[i].Start(narrow[i]);
        }

        if (background is not null)
        {
            Each(tree, background, (first, count) =>
            {
                for (int i = 0; i < narrow.Length; i++)
                {
                    tables[i].Count(reader.Narrow(narrow[i]), weights.AsSpan(first, count));
                }

                for (int i = 0; i < broad.Length; i++)
                {
                    reader.Wide(broad[i], wide.AsSpan(0, count));
                    leaves[i].Count(wide.AsSpan(0, count), weights.AsSpan(first, count));
                }
            });
        }

        for (int i = 0; i < narrow.Length; i++)
        {
            tables[i].Close(baseValue);
        }

        foreach (WideLeaf leaf in leaves)
        {
            leaf.Close(baseValue);
        }

        int stride = layout.Stride;
        Each(tree, rows, (first, count) =>
        {
            for (int i = 0; i < narrow.Length; i++)
            {
                tables[i].Add(reader.Narrow(narrow[i]), sums.AsSpan(first * stride, count * stride));
            }

            for (int i = 0; i < broad.Length; i++)
            {
                reader.Wide(broad[i], wide.AsSpan(0, count));
                leaves[i].Add(wide.AsSpan(0, count), sums.AsSpan(first * stride, count * stride));
            }
        });
    }

    private void Each(CompiledTree tree, CodedRows rows, Action<int, int> work)
    {
        for (int first = 0; first < rows.Rows; first += PatternReader.MostRows)
        {
            int count = Math.Min(PatternReader.MostRows, rows.Rows - first);
            reader.Answer(tree, rows, first, count);
            work(first, count);
        }
    }

    private static IEnumerable<List<TreeBlock>> Groups(CompiledTree tree, int backgroundRows)
    {
        List<TreeBlock> group = [];
        long kept = 0;
        foreach (TreeBlock block in tree.Blocks)
        {
            long need = block.Bits <= MostTableBits ? 1L << block.Bits : Math.Min(backgroundRows, 1L << Math.Min(block.Bits, 62));
            if (group.Count > 0 && kept + need > MostKept)
            {
                yield return group;
                group = [];
                kept = 0;
            }

            group.Add(block);
            kept += need;
        }

        yield return group;
    }
}
