using Governance.Audit.Data;
using Governance.Audit.Inference.Ensembles;
using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Inference;

/// <summary>
/// The thresholds at which inputs matter that nothing but tree ensembles read: two values of such an element with no
/// threshold between them are one to the model.
/// </summary>
/// <remarks>
/// Only inputs of float that go straight into TreeEnsembleClassifier or TreeEnsembleRegressor, whose comparisons with
/// float thresholds are exact. Values beside, at and between thresholds are told apart, so that every comparison mode
/// decides alike within a class.
/// </remarks>
public sealed class TreeCuts
{
    private readonly float[]?[][] cuts;

    private TreeCuts(float[]?[][] cuts) => this.cuts = cuts;

    /// <summary>Reads the thresholds of a model; null where no input is read by trees alone.</summary>
    /// <param name="graph">The model.</param>
    /// <param name="rows">Any rows of its inputs.</param>
    public static TreeCuts? Of(ModelGraph graph, InputBatch rows)
    {
        GraphProto parsed = graph.Model.Graph;
        float[]?[][] cuts = [.. rows.Tensors.Select(tensor => OfInput(parsed, tensor))];
        return cuts.Any(tensor => tensor.Length > 0) ? new TreeCuts(cuts) : null;
    }

    /// <summary>The class of a value: equal exactly where no comparison of the model tells two values apart.</summary>
    /// <param name="tensor">The tensor's index.</param>
    /// <param name="offset">The element's offset.</param>
    /// <param name="value">The value; NaN is a class of its own.</param>
    /// <returns>Null where the element is not read by trees alone.</returns>
    public long? Class(int tensor, int offset, float value)
    {
        if (cuts[tensor].Length == 0)
        {
            return null;
        }

        if (float.IsNaN(value))
        {
            return -1;
        }

        float[]? own = cuts[tensor][offset];
        int at = own is null ? 0 : Array.BinarySearch(own, value);
        return own is null ? 0 : at >= 0 ? (2 * at) + 1 : 2 * ~at;
    }

    private static float[]?[] OfInput(GraphProto graph, InputTensor tensor)
    {
        NodeProto[] readers = [.. graph.Node.Where(node => node.Input.Contains(tensor.Name))];
        if (tensor.Kind != TensorKind.Float || readers.Length == 0 || graph.Output.Any(output => output.Name == tensor.Name)
            || readers.Any(node => node.OpType is not ("TreeEnsembleClassifier" or "TreeEnsembleRegressor"))
            || graph.Node.SelectMany(node => node.Attribute).Any(attribute => attribute.G is not null || attribute.Graphs.Count > 0))
        {
            return [];
        }

        SortedSet<float>?[] found = new SortedSet<float>?[tensor.Width];
        try
        {
            foreach (TreeNode node in readers.SelectMany(reader => ReadEnsemble.From(reader).Trees).SelectMany(tree => tree))
            {
                if (node.Mode != BranchMode.Leaf && node.Feature < found.Length)
                {
                    (found[node.Feature] ??= []).Add((float)node.Threshold);
                }
            }
        }
        catch (InputException)
        {
            // Lists that are no trees to us: the runtime decides what they are, value by value.
            return [];
        }

        return [.. found.Select(set => set?.ToArray())];
    }
}
