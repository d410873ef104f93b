namespace Governance.Audit.Training.Trees;

/// <summary>One tree: parallel arrays over nodes, the root first.</summary>
/// <param name="Output">The margin that it adds to.</param>
/// <param name="Feature">Shape [nodes]: the feature that splits; -1 at a leaf.</param>
/// <param name="Threshold">Shape [nodes]: a value goes left where it is at most this.</param>
/// <param name="Left">Shape [nodes]: the left child.</param>
/// <param name="Right">Shape [nodes]: the right child.</param>
/// <param name="MissingLeft">Shape [nodes]: whether a missing value goes left.</param>
/// <param name="Value">Shape [nodes]: what a leaf adds.</param>
/// <param name="Cover">Shape [nodes]: the weight of the training rows that came by.</param>
public sealed record TrainedTree(
    int Output, int[] Feature, float[] Threshold, int[] Left, int[] Right, bool[] MissingLeft, float[] Value, double[] Cover)
{
    /// <summary>What the tree adds for a row.</summary>
    /// <param name="row">Shape [features]; NaN where missing.</param>
    public float At(ReadOnlySpan<float> row)
    {
        int node = 0;
        for (int next = Next(node, row); next >= 0; next = Next(node, row))
        {
            node = next;
        }

        return Value[node];
    }

    /// <summary>The child to which a row goes on from a node; -1 at a leaf.</summary>
    /// <param name="node">The node.</param>
    /// <param name="row">Shape [features]; NaN where missing.</param>
    internal int Next(int node, ReadOnlySpan<float> row)
    {
        if (Feature[node] < 0)
        {
            return -1;
        }

        float value = row[Feature[node]];
        bool left = float.IsNaN(value) ? MissingLeft[node] : value <= Threshold[node];
        return left ? Left[node] : Right[node];
    }
}

/// <summary>Boosted trees: a base margin and trees that add to it.</summary>
/// <param name="Task">What was learned.</param>
/// <param name="Classes">The number of classes; 1 for regression.</param>
/// <param name="Features">Shape [features]: the names.</param>
/// <param name="Base">Shape [outputs]: the margin before any tree.</param>
/// <param name="Trees">In the order of growth.</param>
public sealed record TreesModel(
    TreesTask Task, int Classes, IReadOnlyList<string> Features, IReadOnlyList<float> Base, IReadOnlyList<TrainedTree> Trees)
{
    /// <summary>Adds up the margins of a row: log-odds, class scores before the softmax, or the number itself.</summary>
    /// <param name="row">Shape [features]; NaN where missing.</param>
    /// <param name="margins">Shape [outputs], overwritten.</param>
    public void Margins(ReadOnlySpan<float> row, Span<double> margins)
    {
        for (int output = 0; output < margins.Length; output++)
        {
            margins[output] = Base[output];
        }

        foreach (TrainedTree tree in Trees)
        {
            margins[tree.Output] += tree.At(row);
        }
    }

    /// <summary>The number predicted, or the probability of each class.</summary>
    /// <param name="row">Shape [features]; NaN where missing.</param>
    /// <returns>Shape [1] for regression, [classes] else.</returns>
    public double[] Predict(ReadOnlySpan<float> row)
    {
        double[] margins = new double[Base.Count];
        Margins(row, margins);
        switch (Task)
        {
            case TreesTask.Binary:
                double positive = LogisticFunction.At(margins[0]);
                return [1 - positive, positive];
            case TreesTask.Multiclass:
                LogisticFunction.Softmax(margins);
                return margins;
            default:
                return margins;
        }
    }
}
