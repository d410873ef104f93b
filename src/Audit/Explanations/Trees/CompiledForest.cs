using Governance.Audit.Inference.Ensembles;

namespace Governance.Audit.Explanations.Trees;

/// <summary>A forest cut into blocks, with its codebooks. Made once, read by many threads.</summary>
internal sealed class CompiledForest
{
    /// <summary>The most chunks of trees: the unit of parallel work, and of the order in which sums are taken.</summary>
    public const int MostChunks = 16;

    /// <summary>Compiles a forest.</summary>
    /// <param name="forest">The trees.</param>
    /// <param name="threads">At least 1; does not change the result.</param>
    public CompiledForest(Forest forest, int threads)
    {
        Forest = forest;
        ParallelOptions options = new() { MaxDegreeOfParallelism = threads };
        foreach ((Codebook book, int first, int count) in Codebook.Group(forest.FeaturePlayers.Count, forest.Trees))
        {
            CompiledTree[] trees = new CompiledTree[count];
            Unwrapped.For(count, options, tree => trees[tree] = CompiledTree.Of(forest.Trees[first + tree], forest.FeaturePlayers, book));
            int chunks = Math.Max(1, (int)Math.Ceiling((double)MostChunks * count / Math.Max(forest.Trees.Count, 1)));
            int size = Math.Max(1, (count + chunks - 1) / chunks);
            Chunks.AddRange(trees.Chunk(size).Select(chunk => new TreeChunk(Books.Count, chunk)));
            Books.Add(book);
        }
    }

    /// <summary>The forest.</summary>
    public Forest Forest { get; }

    /// <summary>One codebook a group of trees.</summary>
    public List<Codebook> Books { get; } = [];

    /// <summary>The trees in chunks, in their order.</summary>
    public List<TreeChunk> Chunks { get; } = [];
}

/// <summary>Some trees that share a codebook.</summary>
/// <param name="Book">The place of the codebook.</param>
/// <param name="Trees">The trees.</param>
internal sealed record TreeChunk(int Book, CompiledTree[] Trees);

/// <summary>A tree as tests on codes and blocks.</summary>
/// <param name="Tests">The tests, numbered.</param>
/// <param name="TestOf">For each node the number of its test; -1 for leaves.</param>
/// <param name="Blocks">The blocks.</param>
internal sealed record CompiledTree(CodedTest[] Tests, int[] TestOf, IReadOnlyList<TreeBlock> Blocks)
{
    /// <summary>Compiles a tree.</summary>
    public static CompiledTree Of(ForestTree tree, IReadOnlyList<int> featurePlayers, Codebook book)
    {
        List<CodedTest> tests = [];
        int[] testOf = new int[tree.Nodes.Count];
        for (int node = 0; node < testOf.Length; node++)
        {
            bool leaf = tree.Nodes[node].Mode == BranchMode.Leaf;
            testOf[node] = leaf ? -1 : tests.Count;
            if (!leaf)
            {
                tests.Add(book.Test(tree.Nodes[node]));
            }
        }

        return new CompiledTree([.. tests], testOf, BlockBuilder.Cut(tree, featurePlayers));
    }
}
