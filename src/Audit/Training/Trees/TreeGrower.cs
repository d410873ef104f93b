namespace Governance.Audit.Training.Trees;

/// <summary>Grows one tree, best split first.</summary>
internal sealed class TreeGrower(BinnedFeatures features, BoostedTreesOptions options)
{
    private readonly SplitSearch search = new(features, options);
    private readonly List<Node> nodes = [];
    private readonly int[] leaf = new int[features.Rows];
    private readonly int[] right = new int[features.Rows];

    /// <summary>Shape [rows of the table]: the leaf of the tree grown last in which a row lies; -1 for one that it did not see.</summary>
    public ReadOnlySpan<int> Leaf => leaf;

    /// <summary>Grows a tree on some rows.</summary>
    /// <param name="output">The margin that it adds to.</param>
    /// <param name="rows">The rows, increasing; reordered.</param>
    /// <param name="slopes">Shape [rows of the table]: first derivatives of the loss.</param>
    /// <param name="curves">Shape [rows of the table]: second derivatives.</param>
    /// <param name="chosen">The features that it may use.</param>
    /// <param name="weights">Shape [rows of the table].</param>
    public TrainedTree Grow(int output, int[] rows, double[] slopes, double[] curves, int[] chosen, double[] weights)
    {
        nodes.Clear();
        PriorityQueue<int, (double Gain, int Order)> open = new();
        Open(0, rows, search.Sum(rows, slopes, curves, chosen), chosen, open);
        int leaves = 1;
        while (leaves < options.MostLeaves && open.TryDequeue(out int parent, out _))
        {
            Node node = nodes[parent];
            int left = Part(node);
            Memory<int> leftRows = node.Rows[..left];
            Memory<int> rightRows = node.Rows[left..];
            bool leftIsSmaller = leftRows.Length <= rightRows.Length;
            double[] smaller = search.Sum(leftIsSmaller ? leftRows : rightRows, slopes, curves, chosen);
            double[] larger = SplitSearch.Subtract(node.Sums!, smaller);
            node.Sums = null;
            node.Left = Open(node.Depth + 1, leftRows, leftIsSmaller ? smaller : larger, chosen, open);
            node.Right = Open(node.Depth + 1, rightRows, leftIsSmaller ? larger : smaller, chosen, open);
            leaves++;
        }

        return Finish(output, slopes, curves, weights);
    }

    private int Open(
        int depth, Memory<int> rows, double[] sums, int[] chosen, PriorityQueue<int, (double Gain, int Order)> open)
    {
        Node node = new(depth, rows) { Sums = sums };
        nodes.Add(node);
        if (depth < options.MostDepth)
        {
            node.Split = search.Best(sums, chosen);
            if (node.Split.Gain > 0)
            {
                open.Enqueue(nodes.Count - 1, (-node.Split.Gain, nodes.Count));
                return nodes.Count - 1;
            }
        }

        node.Sums = null;
        return nodes.Count - 1;
    }

    // Reorders a node's rows, those that go left first, each side in the order it had.
    private int Part(Node node)
    {
        ReadOnlySpan<byte> bins = features.Bins(node.Split.Feature);
        Span<int> rows = node.Rows.Span;
        int missing = node.Split.MissingLeft ? features.Missing : -1;
        int left = 0;
        int others = 0;
        foreach (int row in rows)
        {
            // Written to both sides and kept on one: which one is a coin's toss, and a branch on it would be guessed wrong.
            int goesLeft = (bins[row] <= node.Split.Bin) | (bins[row] == missing) ? 1 : 0;
            rows[left] = row;
            right[others] = row;
            left += goesLeft;
            others += 1 - goesLeft;
        }

        right.AsSpan(0, others).CopyTo(rows[left..]);
        return left;
    }

    private TrainedTree Finish(int output, double[] slopes, double[] curves, double[] weights)
    {
        Array.Fill(leaf, -1);
        int count = nodes.Count;
        TrainedTree tree = new(
            output, new int[count], new float[count], new int[count], new int[count], new bool[count], new float[count], new double[count]);
        for (int i = count - 1; i >= 0; i--) // children before their parents
        {
            Node node = nodes[i];
            tree.Feature[i] = -1;
            if (node.Left > 0)
            {
                tree.Cover[i] = tree.Cover[node.Left] + tree.Cover[node.Right];
                tree.Feature[i] = node.Split.Feature;
                tree.Threshold[i] = features.Cuts(node.Split.Feature)[node.Split.Bin];
                tree.MissingLeft[i] = node.Split.MissingLeft;
                (tree.Left[i], tree.Right[i]) = (node.Left, node.Right);
                continue;
            }

            // Afresh from the rows: sums by subtraction carry the rounding of all their ancestors.
            double slope = 0;
            double curve = 0;
            foreach (int row in node.Rows.Span)
            {
                slope += slopes[row];
                curve += curves[row];
                tree.Cover[i] += weights[row];
                leaf[row] = i;
            }

            tree.Value[i] = (float)(options.LearningRate * search.Leaf(slope, curve));
        }

        return tree;
    }

    private sealed class Node(int depth, Memory<int> rows)
    {
        public int Depth { get; } = depth;

        public Memory<int> Rows { get; } = rows;

        public double[]? Sums { get; set; }

        public Split Split { get; set; }

        public int Left { get; set; }

        public int Right { get; set; }
    }
}
