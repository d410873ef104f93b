using Google.Protobuf.Collections;

namespace Governance.Audit.Inference.Graphs;

/// <summary>The lists of numbers and texts that a node carries; absent ones are empty.</summary>
internal sealed class NodeAttributes(NodeProto node)
{
    /// <summary>Whole numbers.</summary>
    public IReadOnlyList<long> Integers(string name) => GraphIndex.Attribute(node, name) is { } found ? found.Ints : [];

    /// <summary>Numbers: the list of floats of this name, or else the tensor of this name with "_as_tensor" behind it.</summary>
    public IReadOnlyList<double> Numbers(string name)
    {
        if (GraphIndex.Attribute(node, name) is { Floats.Count: > 0 } floats)
        {
            return Widened(floats.Floats);
        }

        return GraphIndex.Attribute(node, name + "_as_tensor")?.T is TensorProto tensor ? GraphIndex.Numbers(tensor) ?? [] : [];
    }

    /// <summary>The numbers of a tensor attribute, whole ones included.</summary>
    public IReadOnlyList<double> Tensor(string name) =>
        GraphIndex.Attribute(node, name)?.T is TensorProto tensor ? GraphIndex.Values(tensor) ?? [] : [];

    /// <summary>Texts.</summary>
    public IReadOnlyList<string> Texts(string name) =>
        GraphIndex.Attribute(node, name) is { } found ? [.. found.Strings.Select(text => text.ToStringUtf8())] : [];

    /// <summary>A whole number.</summary>
    public long Integer(string name, long otherwise) => GraphIndex.Integer(node, name, otherwise);

    /// <summary>A number.</summary>
    public double Number(string name, double otherwise) => GraphIndex.Attribute(node, name)?.F ?? otherwise;

    /// <summary>A text.</summary>
    public string Text(string name, string otherwise) => GraphIndex.Text(node, name) is { Length: > 0 } text ? text : otherwise;

    private static double[] Widened(RepeatedField<float> floats)
    {
        double[] numbers = new double[floats.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = floats[i];
        }

        return numbers;
    }
}
