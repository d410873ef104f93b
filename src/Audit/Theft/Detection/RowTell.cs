using Governance.Audit.Explanations;
using Governance.Audit.Training;
using Governance.Audit.Training.Trees;

namespace Governance.Audit.Theft.Detection;

/// <summary>Tells reference rows from rows that were put together out of their cells.</summary>
/// <remarks>
/// Small boosted trees learn reference rows against the same rows with cells exchanged; their log-odds is a score of
/// strangeness like any other, so that what they have learned costs power where it is wrong, and no false alarms. The
/// idea is the classifier two-sample test's (Lopez-Paz and Oquab, ICLR 2017).
/// </remarks>
internal sealed class RowTell
{
    private readonly TreesModel trees;

    private RowTell(TreesModel trees) => this.trees = trees;

    /// <summary>Learns it.</summary>
    /// <param name="rows">Shape [count, width]: the reference rows to learn from.</param>
    /// <param name="width">Features.</param>
    /// <param name="columns">The features of each readable column: exchanged together.</param>
    /// <param name="whole">Whether every cell comes from a row of its own, or only some.</param>
    /// <param name="seed">Of draws and trees.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static RowTell Fit(
        ReadOnlySpan<float> rows, int width, IReadOnlyList<int[]> columns, bool whole, int seed, CancellationToken cancellationToken)
    {
        int count = rows.Length / width;
        float[] both = new float[2 * rows.Length];
        rows.CopyTo(both);
        rows.CopyTo(both.AsSpan(rows.Length));
        double[] targets = new double[2 * count];
        SeededRandom random = new(seed, whole ? 11 : 12);
        for (int row = 0; row < count; row++)
        {
            targets[count + row] = 1;
            Span<float> made = both.AsSpan((count + row) * width, width);

            // Of some cells: one, or up to half of them.
            double share = whole ? 1 : random.NextDouble() / 2;
            int sure = random.NextBelow(columns.Count);
            for (int column = 0; column < columns.Count; column++)
            {
                if (column == sure || random.NextDouble() < share)
                {
                    int from = random.NextBelow(count) * width;
                    foreach (int feature in columns[column])
                    {
                        made[feature] = rows[from + feature];
                    }
                }
            }
        }

        BoostedTreesOptions options = new()
        {
            Task = TreesTask.Binary, Rounds = 100, LearningRate = 0.15, MostLeaves = 12, MostDepth = 5, LeastRows = 10,
            Bins = 64, HeldOutShare = 0.2, Patience = 10, Seed = seed,
        };
        string[] names = [.. Enumerable.Range(0, width).Select(feature => $"f{feature}")];
        return new RowTell(FitTrees.Run(new TrainingRows(names, both), targets, options, cancellationToken));
    }

    /// <summary>The log-odds of a row having been put together.</summary>
    /// <param name="row">Shape [width].</param>
    public double Score(ReadOnlySpan<float> row)
    {
        double margin = 0;
        trees.Margins(row, new Span<double>(ref margin));
        return margin;
    }

    /// <summary>Writes it.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(trees.Base[0]);
        writer.Write(trees.Features.Count);
        writer.Write(trees.Trees.Count);
        foreach (TrainedTree tree in trees.Trees)
        {
            writer.WriteAll(tree.Feature);
            writer.WriteAll(tree.Threshold);
            writer.WriteAll(tree.Left);
            writer.WriteAll(tree.Right);
            writer.WriteAll(tree.MissingLeft);
            writer.WriteAll(tree.Value);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static RowTell Read(BinaryReader reader)
    {
        float start = reader.ReadSingle();
        string[] names = new string[reader.ReadInt32()];
        TrainedTree[] trees = new TrainedTree[reader.ReadInt32()];
        for (int tree = 0; tree < trees.Length; tree++)
        {
            trees[tree] = new TrainedTree(
                0, reader.ReadInts(), reader.ReadFloats(), reader.ReadInts(), reader.ReadInts(), reader.ReadAll<bool>(), reader.ReadFloats(), []);
        }

        return new RowTell(new TreesModel(TreesTask.Binary, 2, names, [start], trees));
    }
}
